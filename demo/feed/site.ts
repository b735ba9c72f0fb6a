/** One endpoint of the made-up site. `weight` is its share of the traffic, `bytes` the middle size of an answer. */
export interface SiteEndpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly path: string;
  readonly weight: number;
  readonly bytes: number;
  /** What makes a query string for it, if it has one. */
  readonly query?: 'search' | 'page' | 'version';
  /** How often it fails, by kind; the site's usual share when left out. */
  readonly clientErrors?: number;
  readonly serverErrors?: number;
}

const PRODUCTS = [
  'aeron',
  'birch',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'grove',
  'haven',
  'iris',
  'juniper',
  'kelp',
  'linden',
];
const ARTICLES = [
  'a-calmer-checkout',
  'choosing-a-desk',
  'how-we-ship',
  'care-and-repair',
  'the-oak-we-use',
  'notes-on-light',
];
const CATEGORIES = ['desks', 'chairs', 'lamps', 'shelves', 'textiles', 'outdoor', 'sale'];

/** A furniture shop: pages, an API, static files, and what the internet throws at any server. */
export const SITE: readonly SiteEndpoint[] = [
  { method: 'GET', path: '/', weight: 90, bytes: 18_400 },
  { method: 'GET', path: '/api/v1/session', weight: 120, bytes: 412, clientErrors: 0.06 },
  { method: 'GET', path: '/api/v1/cart', weight: 84, bytes: 1_260 },
  { method: 'POST', path: '/api/v1/cart/items', weight: 31, bytes: 640, clientErrors: 0.03 },
  { method: 'DELETE', path: '/api/v1/cart/items', weight: 8, bytes: 0 },
  { method: 'GET', path: '/api/v1/search', weight: 66, bytes: 9_800, query: 'search', serverErrors: 0.02 },
  { method: 'GET', path: '/api/v1/search/suggest', weight: 110, bytes: 730, query: 'search' },
  { method: 'GET', path: '/api/v1/stock', weight: 72, bytes: 2_050, serverErrors: 0.008 },
  { method: 'GET', path: '/api/v1/prices', weight: 64, bytes: 3_300 },
  { method: 'GET', path: '/api/v1/recommendations', weight: 44, bytes: 5_900, serverErrors: 0.03 },
  { method: 'GET', path: '/api/v1/reviews', weight: 33, bytes: 8_150, query: 'page' },
  { method: 'POST', path: '/api/v1/orders', weight: 9, bytes: 1_840, clientErrors: 0.05, serverErrors: 0.015 },
  { method: 'GET', path: '/api/v1/orders', weight: 13, bytes: 4_420, query: 'page' },
  { method: 'POST', path: '/api/v1/payments/intents', weight: 8, bytes: 980, clientErrors: 0.09 },
  { method: 'POST', path: '/api/v1/auth/token', weight: 17, bytes: 870, clientErrors: 0.14 },
  { method: 'PATCH', path: '/api/v1/account/preferences', weight: 4, bytes: 310 },
  { method: 'POST', path: '/api/v1/events', weight: 140, bytes: 0 },
  { method: 'GET', path: '/api/v1/flags', weight: 58, bytes: 1_120 },
  { method: 'GET', path: '/healthz', weight: 24, bytes: 2 },
  { method: 'GET', path: '/metrics', weight: 9, bytes: 42_000 },
  { method: 'GET', path: '/cart', weight: 28, bytes: 14_800 },
  { method: 'GET', path: '/checkout', weight: 14, bytes: 21_300 },
  { method: 'GET', path: '/checkout/delivery', weight: 11, bytes: 17_200 },
  { method: 'GET', path: '/checkout/done', weight: 8, bytes: 9_400 },
  { method: 'GET', path: '/account', weight: 16, bytes: 12_700, clientErrors: 0.05 },
  { method: 'GET', path: '/account/orders', weight: 10, bytes: 15_900 },
  { method: 'GET', path: '/search', weight: 35, bytes: 23_600, query: 'search' },
  { method: 'GET', path: '/assets/app.js', weight: 52, bytes: 148_000, query: 'version' },
  { method: 'GET', path: '/assets/app.css', weight: 50, bytes: 31_000, query: 'version' },
  { method: 'GET', path: '/assets/vendor.js', weight: 48, bytes: 212_000, query: 'version' },
  { method: 'GET', path: '/assets/fonts/text.woff2', weight: 40, bytes: 38_500 },
  { method: 'GET', path: '/assets/fonts/display.woff2', weight: 21, bytes: 27_100 },
  { method: 'GET', path: '/assets/icons.svg', weight: 46, bytes: 12_600 },
  { method: 'GET', path: '/favicon.ico', weight: 36, bytes: 3_638 },
  { method: 'GET', path: '/manifest.webmanifest', weight: 12, bytes: 720 },
  { method: 'GET', path: '/service-worker.js', weight: 19, bytes: 5_400 },
  { method: 'GET', path: '/robots.txt', weight: 10, bytes: 118 },
  { method: 'GET', path: '/sitemap.xml', weight: 4, bytes: 88_000 },
  { method: 'HEAD', path: '/status', weight: 6, bytes: 0 },
  { method: 'GET', path: '/wp-login.php', weight: 5, bytes: 548, clientErrors: 1 },
  { method: 'GET', path: '/.env', weight: 2, bytes: 548, clientErrors: 1 },
  { method: 'POST', path: '/xmlrpc.php', weight: 3, bytes: 548, clientErrors: 1 },
  ...CATEGORIES.map(
    (name, at): SiteEndpoint => ({
      method: 'GET',
      path: `/shop/${name}`,
      weight: 26 - 3 * at,
      bytes: 26_000,
      query: 'page',
    }),
  ),
  ...PRODUCTS.flatMap((name, at): SiteEndpoint[] => [
    { method: 'GET', path: `/shop/products/${name}`, weight: 22 / (at + 1) + 2, bytes: 28_700 },
    { method: 'GET', path: `/api/v1/products/${name}`, weight: 30 / (at + 1) + 2, bytes: 2_480 },
    { method: 'GET', path: `/media/products/${name}/main.avif`, weight: 26 / (at + 1) + 2, bytes: 96_000 },
    { method: 'GET', path: `/media/products/${name}/detail.avif`, weight: 14 / (at + 1) + 1, bytes: 74_000 },
  ]),
  ...ARTICLES.map(
    (name, at): SiteEndpoint => ({ method: 'GET', path: `/journal/${name}`, weight: 9 / (at + 1) + 1, bytes: 19_900 }),
  ),
];

export const SEARCH_WORDS = [
  'oak+desk',
  'reading+lamp',
  'standing+desk',
  'linen',
  'chair',
  'bookshelf',
  'outdoor+bench',
  'wool+rug',
];
export const ORIGIN = 'https://shop.example';
export const OUTSIDE_REFERRERS = [
  'https://www.google.com/',
  'https://duckduckgo.com/',
  'https://news.example/design',
  'https://social.example/',
];
export const AGENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'curl/8.11.0',
];
