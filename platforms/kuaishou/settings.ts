import { type Static, Type } from 'typebox';

/** What connects us to Kuaishou's open platform; property names are the environment variables. */
export const KUAISHOU_SETTINGS = Type.Object({
  KUAISHOU_URL: Type.String({
    pattern: '^https?://[^/?#]+(/[^?#]*)?$',
    description: 'Base URL of the open platform, such as https://openapi.kwaixiaodian.com; calls go to {KUAISHOU_URL}/open/…',
  }),
  KUAISHOU_APP_KEY: Type.String({ minLength: 1, description: 'appKey (also appId) of our application on the open platform' }),
  KUAISHOU_APP_SECRET: Type.String({ minLength: 1, description: 'appSecret of the application: renews tokens' }),
  KUAISHOU_SIGN_SECRET: Type.String({ minLength: 1, description: 'signSecret of the application: signs every call' }),
  KUAISHOU_MESSAGE_KEY: Type.String({
    pattern: '^([A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{32}|[A-Za-z0-9+/]{43}=)$',
    description: 'Private key of the message service, Base64 of 16, 24 or 32 bytes: decrypts pushed messages',
  }),
});
export type KuaishouSettings = Static<typeof KUAISHOU_SETTINGS>;

/** The variable that holds the platform's URL; unset means the simulator. */
export const KUAISHOU_URL_SETTING = 'KUAISHOU_URL';

/** Variables whose values are secret (may also come as `NAME_FILE`). */
export const KUAISHOU_SECRETS: readonly string[] = ['KUAISHOU_APP_SECRET', 'KUAISHOU_SIGN_SECRET', 'KUAISHOU_MESSAGE_KEY'];
