/** Rates are measured over this many looks. */
export const WINDOW_LOOKS = 12;
