import type { Clock } from '../../core/clock.js';
import {
  type Checks,
  flag,
  func,
  nonNegativeInteger,
  object,
  optional,
  positive,
  resolveConfig,
  text,
} from '../../core/validate.js';

/** Fills a row. The element is used again for other rows: set all that differs between them. */
export type RenderRow = (row: HTMLElement, index: number) => void;

/** What a VirtualList shows, and how. */
export interface VirtualListOptions {
  readonly renderRow: RenderRow;
  /** How many rows there are. Default 0. */
  readonly rowCount: number;
  /** In pixels; with `measured` the estimate for rows that were not in view yet. Default 24. */
  readonly rowHeight: number;
  /** Whether rows have heights of their own, which are measured when they come into view. Default false. */
  readonly measured: boolean;
  /** Rows made beyond each edge of the view. Default 4. */
  readonly overscan: number;
  /** Whether the view stays at the end as rows are added, until the user scrolls away from it. Default false. */
  readonly followTail: boolean;
  /** Whether one row is the active one, moved by the arrow keys (a listbox); else these scroll. Default false. */
  readonly selectable: boolean;
  /** What screen readers call the list. Default 'List'. */
  readonly label: string;
  readonly clock: Clock | undefined;
}

/** The options; only `renderRow` must be given. */
export type VirtualListConfig = Pick<VirtualListOptions, 'renderRow'> & {
  readonly [Name in Exclude<keyof VirtualListOptions, 'renderRow'>]?: VirtualListOptions[Name] | undefined;
};

const DEFAULTS: Omit<VirtualListOptions, 'renderRow'> = Object.freeze({
  rowCount: 0,
  rowHeight: 24,
  measured: false,
  overscan: 4,
  followTail: false,
  selectable: false,
  label: 'List',
  clock: undefined,
});

const CHECKS: Checks<VirtualListOptions> = {
  renderRow: func,
  rowCount: nonNegativeInteger,
  rowHeight: positive,
  measured: flag,
  overscan: nonNegativeInteger,
  followTail: flag,
  selectable: flag,
  label: text,
  clock: optional(object),
};

/** @throws ConfigError */
export function resolveVirtualListOptions(given: VirtualListConfig): VirtualListOptions {
  return resolveConfig('VirtualList', given, { ...DEFAULTS, renderRow: given.renderRow }, CHECKS);
}
