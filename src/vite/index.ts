export { type PoisePluginOptions, poise } from './overlay-plugin.js';
