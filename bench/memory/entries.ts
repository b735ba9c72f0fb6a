/** An entry as a traffic monitor keeps it. */
export interface Entry {
  readonly id: number;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly responseBytes: number;
  readonly contentType: string;
}

const METHODS = ['GET', 'POST', 'PUT'];

export function makeEntry(id: number): Entry {
  return {
    id,
    method: METHODS[id % METHODS.length] ?? 'GET',
    url: `https://api.example.com/v1/orders/${id % 1_000}`,
    status: 200,
    startedAt: 1_700_000_000_000 + id,
    durationMs: (id * 7) % 400,
    responseBytes: (id * 13) % 20_000,
    contentType: 'application/json',
  };
}
