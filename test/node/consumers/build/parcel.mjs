import { Parcel } from '@parcel/core';

const parcel = new Parcel({
  entries: ['index.html', 'throttle-only.html'],
  defaultConfig: '@parcel/config-default',
  mode: 'production',
  cacheDir: 'out/.parcel-cache',
  defaultTargetOptions: { distDir: 'out/parcel', publicUrl: './', sourceMaps: false },
});
await parcel.run();
