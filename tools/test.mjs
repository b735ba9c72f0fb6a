import { findBrowsers, installChromium } from './browsers.mjs';
import { ensureInstalled } from './install.mjs';
import { runModule, tool } from './run.mjs';

await tool(async () => {
  await ensureInstalled();
  if (!(await findBrowsers()).chromium) await installChromium();
  const engines = Object.entries(await findBrowsers());
  const installed = engines.filter(([, found]) => found).map(([name]) => name);
  const missing = engines.filter(([, found]) => !found).map(([name]) => name);
  console.log(
    `poise: tests run in ${installed.join(', ')}${missing.length ? `; not installed: ${missing.join(', ')}` : ''}`,
  );
  return runModule('vitest/vitest.mjs', ['run', ...process.argv.slice(2)]);
});
