import { readFileSync } from 'node:fs';

// Prints the counts of Vitest's JSON report as one line; fails when no test ran or one failed.
const [report = ''] = process.argv.slice(2);
const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(report, 'utf8') || '{}');
console.log(`${passed ?? 0} passed, ${failed ?? 0} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
