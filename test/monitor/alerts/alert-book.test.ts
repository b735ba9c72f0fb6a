import { describe, expect, it } from 'vitest';
import { AlertBook } from '../../../src/monitor/alerts/alert-book.js';
import { ALERT_RULES, type AlertReadings } from '../../../src/monitor/alerts/alert-rules.js';

const LIMITS = {
  memoryUsagePercent: 80,
  throttleRatePercent: 70,
  cleanupFailuresPercent: 20,
  performanceScoreMin: 60,
  selfBudgetPercent: 1,
};
const QUIET_MS = 60_000;
const FINE: AlertReadings = { readings: {}, score: 100, selfPercent: undefined, leaks: [] };
const memory = (usagePercent: number): AlertReadings => ({ ...FINE, readings: { memory: { usagePercent } } });

function book() {
  const alerts = new AlertBook(ALERT_RULES, LIMITS, QUIET_MS);
  const told = (readings: AlertReadings, at: number) =>
    alerts.check(readings, at).map(({ type, state }) => `${type} ${state}`);
  return { alerts, told };
}

describe('AlertBook', () => {
  it('raises once on crossing, not at every reading', () => {
    const { alerts, told } = book();
    expect(told(memory(80), 0)).toEqual([]);
    expect(told(memory(81), 1)).toEqual(['memory raised']);
    expect(told(memory(95), 2)).toEqual([]);
    expect(alerts.active).toMatchObject([{ type: 'memory', value: 81, threshold: 80, severity: 'error' }]);
  });

  it('clears only when the value has gone back by the margin', () => {
    const { alerts, told } = book();
    told(memory(81), 0);
    expect(told(memory(79), 1)).toEqual([]);
    expect(told(memory(75.1), 2)).toEqual([]);
    expect(told(memory(75), 3)).toEqual(['memory cleared']);
    expect(alerts.active).toEqual([]);
  });

  it('keeps quiet for a time after it was raised, then raises again what is still wrong', () => {
    const { told } = book();
    told(memory(90), 0);
    told(memory(50), 10);
    expect(told(memory(90), QUIET_MS - 1)).toEqual([]);
    expect(told(memory(90), QUIET_MS)).toEqual(['memory raised']);
  });

  it('keeps what stands while there is nothing to judge by', () => {
    const { alerts, told } = book();
    told(memory(90), 0);
    expect(told(FINE, 1)).toEqual([]);
    expect(alerts.active).toHaveLength(1);
  });

  it('watches every threshold on its own', () => {
    const { told } = book();
    const readings: AlertReadings = {
      readings: {
        memory: { usagePercent: 81 },
        throttling: { requested: 1_000, throttled: 701, lost: 0 },
        resources: { cleaned: 3, failed: 1 },
      },
      score: 59,
      selfPercent: 1.1,
      leaks: ['cells grow'],
    };
    const all = ['memory', 'throttle', 'cleanup', 'score', 'leak', 'overhead'].map((type) => `${type} raised`);
    expect(told(readings, 0)).toEqual(all);
  });

  it('takes a few requests that wait for no flood', () => {
    const { told } = book();
    expect(told({ ...FINE, readings: { throttling: { requested: 99, throttled: 99, lost: 0 } } }, 0)).toEqual([]);
  });

  it('tells the value, the threshold and what to do', () => {
    const { alerts } = book();
    const [raised] = alerts.check(memory(91.4), 7);
    expect(raised).toMatchObject({ message: 'Memory is 91 % full.', at: 7, value: 91.4 });
    expect(raised?.recommendation).toMatch(/maxEntries/);
    const [cleared] = alerts.check(memory(10), 8);
    expect(cleared).toMatchObject({ state: 'cleared', message: 'Over: memory is 91 % full.', value: 10 });
  });

  it('forgets what stands when it is reset', () => {
    const { alerts, told } = book();
    told(memory(90), 0);
    alerts.reset();
    expect(alerts.active).toEqual([]);
    expect(told(memory(90), 1)).toEqual(['memory raised']);
  });
});
