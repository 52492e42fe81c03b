/** Where in the browser tab's memory things are kept. */
export const TOKEN = 'utvag.token';
export const WORKER = 'utvag.worker';
export const LIST = 'utvag.list';
