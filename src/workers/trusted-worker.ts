/** https://w3c.github.io/trusted-types/, as far as it is used here. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): { toString(): string };
  };
}

type Policy = ReturnType<TrustedTypes['createPolicy']>;

/** One for the page: a policy of the same name can't be made twice where the page lists the names. */
let policy: Policy | undefined;

/**
 * Makes a worker also where the page has `require-trusted-types-for 'script'`. There `new Worker(new URL(…))`, which is
 * how bundlers find a worker, is refused; so for the time of the call `Worker` takes its URL through a policy named
 * "poise", which lets only this origin's own scripts pass. Pages that list their policies have to list that one.
 */
export function makeTrusted(create: () => Worker): Worker {
  const plain = globalThis.Worker;
  const own = plain && trustedPolicy();
  if (!own) return create();
  globalThis.Worker = new Proxy(plain, {
    construct(type, [url, options]: [url: string | URL, options?: WorkerOptions]) {
      return Reflect.construct(type, [isOwn(url) ? own.createScriptURL(String(url)) : url, options]);
    },
  });
  try {
    return create();
  } finally {
    globalThis.Worker = plain;
  }
}

function trustedPolicy(): Policy | undefined {
  const types: TrustedTypes | undefined = Reflect.get(globalThis, 'trustedTypes');
  try {
    policy ??= types?.createPolicy('poise', { createScriptURL: (url) => url });
  } catch {
    // The page does not list it. Without enforcement the worker can be made all the same.
  }
  return policy;
}

/** What is refused here goes to the browser as it came. */
function isOwn(url: string | URL): boolean {
  return new URL(url, globalThis.document?.baseURI ?? location.href).origin === location.origin;
}
