import { checkArgument, oneOf } from '../../core/validate.js';
import { TemporaryBuffer, type TemporaryBufferOptions } from './temporary-buffer.js';
import { TemporaryDirectory } from './temporary-directory.js';
import { TemporaryFile } from './temporary-file.js';
import type { TemporaryHost } from './temporary-host.js';
import type { TemporaryFileOptions } from './temporary-place.js';
import { TemporaryUrl, type TemporaryUrlOptions } from './temporary-url.js';

/** The kinds of temporary resource. */
export const TemporaryKind = {
  FILE: 'file',
  DIRECTORY: 'directory',
  URL: 'url',
  BUFFER: 'buffer',
} as const;
export type TemporaryKind = (typeof TemporaryKind)[keyof typeof TemporaryKind];

/** What `temporary(kind)` gives. */
export interface TemporaryResources {
  readonly file: TemporaryFile;
  readonly directory: TemporaryDirectory;
  readonly url: TemporaryUrl;
  readonly buffer: TemporaryBuffer;
}

/** What `temporary(kind)` takes; a url needs its blob, a buffer its length. */
export interface TemporaryOptions {
  readonly file: TemporaryFileOptions;
  readonly directory: TemporaryFileOptions;
  readonly url: TemporaryUrlOptions;
  readonly buffer: TemporaryBufferOptions;
}

type Makers = {
  readonly [Kind in TemporaryKind]: (
    host: TemporaryHost,
    options: TemporaryOptions[Kind] | undefined,
  ) => TemporaryResources[Kind];
};

const MAKERS: Makers = {
  file: (host, options = {}) => new TemporaryFile(host, options),
  directory: (host, options = {}) => new TemporaryDirectory(host, options),
  url: (host, options) => new TemporaryUrl(host, options),
  buffer: (host, options) => new TemporaryBuffer(host, options),
};

/** @throws ConfigError, ResourceError */
export function makeTemporary<Kind extends TemporaryKind>(
  host: TemporaryHost,
  kind: Kind,
  options?: TemporaryOptions[Kind],
): TemporaryResources[Kind] {
  checkArgument('temporary', 'kind', kind, oneOf(TemporaryKind));
  return MAKERS[kind](host, options);
}
