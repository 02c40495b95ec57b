/** The shop platforms we can talk to: today one. A second is a folder beside it that implements platforms/port.ts. */
export { connectKuaishou } from './kuaishou/kuaishou.ts';
export { KUAISHOU_SECRETS, KUAISHOU_SETTINGS, KUAISHOU_URL_SETTING, type KuaishouSettings } from './kuaishou/settings.ts';
export { connectPlatforms } from './worlds.ts';
