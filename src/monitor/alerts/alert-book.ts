import type { EpochMs, Milliseconds } from '../../core/units.js';
import type { Alert } from './alert.js';
import type { AlertReadings, AlertRule, RuleLimits } from './alert-rules.js';

/** What is known of one rule. */
interface Entry {
  /** The alert that stands. */
  readonly raised: Alert | undefined;
  readonly raisedAt: EpochMs;
}

/**
 * Which alerts stand. An alert is raised when its reading crosses the threshold, cleared when it has gone back by the
 * rule's margin, and not raised again within the quiet time: not at every reading.
 */
export class AlertBook {
  readonly #rules: readonly AlertRule[];
  readonly #limits: RuleLimits;
  readonly #quietMs: Milliseconds;
  #entries = new Map<AlertRule, Entry>();
  /** Whether the last check would have raised one, had it not been raised lately. */
  #heldBack = false;

  constructor(rules: readonly AlertRule[], limits: RuleLimits, quietMs: Milliseconds) {
    this.#rules = rules;
    this.#limits = limits;
    this.#quietMs = quietMs;
  }

  /** The alerts that stand, in the order of the rules. */
  get active(): readonly Alert[] {
    return this.#rules.flatMap((rule) => this.#entries.get(rule)?.raised ?? []);
  }

  /** Whether no alert stands, and none is to be raised later by the readings of the last check. */
  get atRest(): boolean {
    return !this.#heldBack && this.active.length === 0;
  }

  /** Holds readings against the thresholds. @returns what was raised or cleared by them */
  check(readings: AlertReadings, at: EpochMs): Alert[] {
    this.#heldBack = false;
    return this.#rules.flatMap((rule) => this.#checkRule(rule, readings, at) ?? []);
  }

  /** Forgets all that stands, as after a stop. */
  reset(): void {
    this.#entries = new Map();
  }

  #checkRule(rule: AlertRule, readings: AlertReadings, at: EpochMs): Alert | undefined {
    const value = rule.value(readings);
    if (value === undefined) return undefined;
    const threshold = rule.threshold(this.#limits);
    // How far the value is on the wrong side.
    const excess = rule.wrong === 'above' ? value - threshold : threshold - value;
    const entry = this.#entries.get(rule);
    if (entry?.raised) {
      if (excess > -rule.margin) return undefined;
      this.#entries.set(rule, { raised: undefined, raisedAt: entry.raisedAt });
      return { ...entry.raised, state: 'cleared', value, message: `Over: ${lowerFirst(entry.raised.message)}`, at };
    }
    if (excess <= 0) return undefined;
    if (entry && at - entry.raisedAt < this.#quietMs) {
      this.#heldBack = true;
      return undefined;
    }
    const { type, severity, recommendation } = rule;
    const message = rule.message(value, readings);
    const raised: Alert = { type, state: 'raised', severity, value, threshold, message, recommendation, at };
    this.#entries.set(rule, { raised, raisedAt: at });
    return raised;
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
