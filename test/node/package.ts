import manifest from '../../package.json' with { type: 'json' };

/** What an app imports: 'poise', 'poise/throttle' and so on; not the worker, which is an entry of its own. */
export const specifiers: readonly string[] = Object.keys(manifest.exports)
  .filter((subpath) => !subpath.endsWith('.json') && subpath !== './worker')
  .map((subpath) => `poise${subpath.slice(1)}`);

/** The files that each subpath names. */
export const files: readonly string[] = Object.values(manifest.exports).flatMap((target) =>
  typeof target === 'string' ? [target] : Object.values(target),
);
