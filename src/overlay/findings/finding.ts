import type { Severity } from '../../core/severity.js';
import type { PanelContext } from '../panels/panel.js';

/** Something that is wrong now, in words a developer can act on. */
export interface Finding {
  readonly severity: Severity;
  readonly title: string;
  /** The element, script or component that is the cause, where it is known. */
  readonly blame: string | undefined;
  readonly recommendation: string;
  /** The panel that shows more. */
  readonly panel: string;
}

/** Looks at one thing. A new rule is a file in this folder and a line in find.ts. */
export type FindingRule = (context: PanelContext) => Finding | undefined;
