import { spawnSync } from 'node:child_process';
import { mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright';
import { onTestFinished } from 'vitest';
import { findBrowsers } from '../../tools/browsers.mjs';

/** A Chromium profile in a folder of its own, which outlives the browsers that use it, and goes with the test. */
export class BrowserProfile {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<BrowserProfile> {
    const folder = await mkdtemp(join(tmpdir(), 'poise-profile-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    return new BrowserProfile(folder);
  }

  async open(): Promise<BrowserContext> {
    const { chromium: executablePath = '' } = await findBrowsers();
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return await chromium.launchPersistentContext(this.folder, { executablePath, args });
  }

  /**
   * Kills the browser with all its processes, and waits until they are gone: one that lives on would still write to the
   * profile while the next browser opens it.
   */
  async kill(context: BrowserContext): Promise<void> {
    const gone = new Promise((resolve) => context.once('close', resolve));
    // Chromium locks its profile with a link that names its process: "host-pid".
    const pid = Number((await readlink(join(this.folder, 'SingletonLock'))).split('-').at(-1));
    process.kill(-pid, 'SIGKILL');
    const until = performance.now() + 1_000;
    while (isAlive(pid) && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
    await gone;
  }
}

/** Whether a process of a group runs. In a container without an init process the dead may stay listed, as zombies. */
function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch {
    return false;
  }
  const { stdout, status } = spawnSync('ps', ['-A', '-o', 'pgid=', '-o', 'stat='], { encoding: 'utf8' });
  if (status !== 0) return true;
  return stdout.split('\n').some((line) => {
    const [pgid, state = ''] = line.trim().split(/\s+/);
    return Number(pgid) === group && !state.startsWith('Z');
  });
}
