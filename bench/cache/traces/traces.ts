import { type Random, seeded } from './random.js';
import { loop, mix, phases, recency, type Source, scan, stretches, uniform, zipf } from './sources.js';

export interface Trace {
  readonly family: string;
  readonly name: string;
  readonly keys: readonly number[];
  /** Cache sizes to try. */
  readonly sizes: readonly number[];
}

const LENGTH = 120_000;
/** Far from every other key. */
const FAR = 10_000_000;

interface Recipe {
  readonly family: string;
  readonly name: string;
  readonly sizes: readonly number[];
  readonly source: (random: Random) => Source;
}

const recipe = (family: string, name: string, sizes: readonly number[], source: Recipe['source']): Recipe => ({
  family,
  name,
  sizes,
  source,
});

const ZIPF = [0.6, 0.8, 1, 1.2].map((alpha) =>
  recipe('zipf', `zipf ${alpha}`, [100, 500, 2_000], (random) => zipf(0, 20_000, alpha, random)),
);

const SCANS = [
  recipe('scan', 'zipf 0.9 and long scans', [200, 800, 2_500], (random) =>
    mix(
      [
        [3, zipf(0, 10_000, 0.9, random)],
        [1, scan(FAR)],
      ],
      1_500,
      random,
    ),
  ),
  recipe('scan', 'zipf 0.9 and keys seen once', [200, 800, 2_500], (random) =>
    mix(
      [
        [1, zipf(0, 10_000, 0.9, random)],
        [1, scan(FAR)],
      ],
      1,
      random,
    ),
  ),
  recipe('scan', 'recent keys and scans', [200, 800, 2_500], (random) =>
    mix(
      [
        [3, recency(0, 5_000, 0.05, 4, random)],
        [1, scan(FAR)],
      ],
      800,
      random,
    ),
  ),
];

const LOOPS = [
  recipe('loop', 'one loop', [400, 700, 950], () => loop(0, 1_000)),
  recipe('loop', 'loops of several lengths', [200, 700, 1_500], (random) =>
    mix(
      [
        [1, loop(0, 150)],
        [1, loop(1_000, 800)],
        [1, loop(3_000, 2_500)],
      ],
      400,
      random,
    ),
  ),
  recipe('loop', 'a loop under zipf', [300, 900, 2_000], (random) =>
    mix(
      [
        [1, loop(FAR, 1_500)],
        [2, zipf(0, 8_000, 0.9, random)],
      ],
      50,
      random,
    ),
  ),
];

const PHASES = [
  recipe('phase', 'hot keys change', [100, 400, 1_500], (random) =>
    phases(
      [0, 1, 2, 3, 4, 5].map((n) => zipf(n * 7_000, 7_000, 1, random)),
      20_000,
    ),
  ),
  recipe('phase', 'hot keys drift', [100, 400, 1_500], (random) => {
    const hot = zipf(0, 5_000, 1, random);
    let count = 0;
    return () => hot() + Math.floor(count++ / 20);
  }),
  recipe('phase', 'recency, then a loop, then zipf', [200, 600, 1_500], (random) =>
    phases([recency(0, 3_000, 0.3, 5, random), loop(FAR, 2_000), zipf(2 * FAR, 10_000, 1, random)], 20_000),
  ),
];

/** Workstation disks (Megiddo & Modha 2003): runs of blocks, some again and again, some once, in bursts of one program. */
const workstation = (n: number, skew: number, once: number, looped: number) =>
  recipe('arc', `P${n} style`, [500, 2_000, 6_000], (random) =>
    mix(
      [
        [3, stretches(zipf(0, 12_000, skew, random), 30, random)],
        [2, recency(FAR, 6_000, 0.15, 4, random)],
        [once, stretches(uniform(2 * FAR, 500_000, random), 60, random)],
        [looped, loop(3 * FAR, 3_000 + n * 200)],
      ],
      120,
      random,
    ),
  );

const ARC = [
  workstation(1, 0.8, 1, 0.5),
  workstation(4, 0.6, 3, 0.2),
  workstation(8, 0.9, 1, 2),
  workstation(14, 0.7, 2, 1),
  // One hour of a CODASYL database: a hot core, recent pages that come again a few times, and a long tail seen once.
  recipe('arc', 'OLTP style', [250, 1_000, 4_000], (random) =>
    mix(
      [
        [4, zipf(0, 6_000, 0.9, random)],
        [3, recency(FAR, 2_000, 0.3, 3, random)],
        [2, scan(2 * FAR)],
      ],
      3,
      random,
    ),
  ),
  // A database server over days: big tables read in order, some of them again later, under a skewed index.
  recipe('arc', 'DS1 style', [1_000, 4_000, 12_000], (random) =>
    mix(
      [
        [2, loop(FAR, 16_000)],
        [1, loop(2 * FAR, 5_000)],
        [2, zipf(0, 10_000, 0.8, random)],
        [1, scan(3 * FAR)],
      ],
      1_000,
      random,
    ),
  ),
  // A search engine's disk: skewed reads over a large index, no recency.
  recipe('arc', 'S1 style', [1_000, 4_000, 12_000], (random) =>
    mix(
      [
        [9, zipf(0, 60_000, 0.75, random)],
        [1, scan(FAR)],
      ],
      5,
      random,
    ),
  ),
  recipe('arc', 'S3 style', [1_000, 4_000, 12_000], (random) => zipf(0, 60_000, 0.6, random)),
];

const cs = (base: number, random: Random) =>
  mix(
    [
      [6, loop(base, 1_400)],
      [1, recency(base + 2_000, 300, 0.05, 3, random)],
    ],
    700,
    random,
  );
const cpp = (base: number, random: Random) =>
  mix(
    [
      [2, recency(base, 900, 0.02, 3, random)],
      [1, loop(base + 2_000, 250)],
    ],
    60,
    random,
  );
const postgres = (base: number, random: Random) =>
  mix(
    [
      [4, loop(base, 1_600)],
      [2, loop(base + 2_000, 120)],
      [1, uniform(base + 3_000, 1_200, random)],
    ],
    200,
    random,
  );
const glimpse = (base: number, random: Random) =>
  mix(
    [
      [3, loop(base, 2_600)],
      [1, zipf(base + 5_000, 600, 0.8, random)],
    ],
    500,
    random,
  );
const gnuplot = (base: number) => loop(base, 1_000);

/** The programs of Jiang & Zhang (2002): loops, recency, two pools, and several at once. */
const LIRS = [
  recipe('lirs', '2-pools style', [100, 250, 450], (random) => {
    const small = uniform(0, 100, random);
    const large = uniform(FAR, 10_000, random);
    let count = 0;
    return () => (count++ % 2 === 0 ? small() : large());
  }),
  recipe('lirs', 'loop style', [200, 500, 900], () => loop(0, 1_010)),
  recipe('lirs', 'cs style', [200, 700, 1_200], (random) => cs(0, random)),
  recipe('lirs', 'cpp style', [50, 300, 700], (random) => cpp(0, random)),
  recipe('lirs', 'glimpse style', [500, 1_500, 2_500], (random) => glimpse(0, random)),
  recipe('lirs', 'postgres style', [300, 800, 1_700], (random) => postgres(0, random)),
  // File-server clients: strong recency over a population that turns over.
  recipe('lirs', 'sprite style', [100, 400, 1_000], (random) => recency(0, 6_000, 0.04, 6, random)),
  recipe('lirs', 'multi1 style', [300, 1_000, 2_200], (random) =>
    mix(
      [
        [1, cs(0, random)],
        [1, cpp(FAR, random)],
      ],
      40,
      random,
    ),
  ),
  recipe('lirs', 'multi2 style', [500, 1_500, 3_500], (random) =>
    mix(
      [
        [1, cs(0, random)],
        [1, cpp(FAR, random)],
        [1, postgres(2 * FAR, random)],
      ],
      40,
      random,
    ),
  ),
  recipe('lirs', 'multi3 style', [500, 2_000, 5_000], (random) =>
    mix(
      [
        [1, cpp(0, random)],
        [1, gnuplot(FAR)],
        [1, glimpse(2 * FAR, random)],
        [1, postgres(3 * FAR, random)],
      ],
      40,
      random,
    ),
  ),
];

/** All traces, made when they are asked for; the same ones each time. */
export function* traces(): Generator<Trace> {
  for (const [at, { family, name, sizes, source }] of [
    ...ZIPF,
    ...SCANS,
    ...LOOPS,
    ...PHASES,
    ...ARC,
    ...LIRS,
  ].entries()) {
    const next = source(seeded(1_000 + at));
    yield { family, name, sizes, keys: Array.from({ length: LENGTH }, next) };
  }
}
