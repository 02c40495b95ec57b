import { randomBytes } from 'node:crypto';
import { jsonAnswer } from '../exchange.ts';
import type { Outgoing } from '../exchange.ts';
import type { Stage } from '../stage.ts';
import type { Shop } from '../state.ts';

const SCOPES = ['merchant_refund', 'merchant_order', 'merchant_logistics'];

function oauthError(result: number, error: string, text: string): Outgoing {
  return jsonAnswer({ result, error, error_msg: text });
}

/**
 * `POST /oauth2/refresh_token`: a new pair for the refresh token. The old refresh token is worth nothing afterwards
 * (100200102 on reuse) and the new one keeps its expiry; older access tokens live on until their own time is up.
 */
export function refreshToken(stage: Stage, parameters: URLSearchParams): Outgoing {
  const { KUAISHOU_APP_KEY, KUAISHOU_APP_SECRET } = stage.settings.credentials;
  const token = parameters.get('refresh_token');
  if (token === null) return oauthError(100200100, 'invalid_request', 'refresh_token is missing');
  if (parameters.get('grant_type') !== 'refresh_token')
    return oauthError(100200104, 'unsupported_grant_type', 'grant_type is not supported');
  if (parameters.get('app_id') !== KUAISHOU_APP_KEY || parameters.get('app_secret') !== KUAISHOU_APP_SECRET)
    return oauthError(100200101, 'unauthorized_client', 'app_id or app_secret is wrong');
  const shop = stage.lookup.shopOfToken(token);
  if (shop?.refresh.token !== token) {
    const discarded = shop?.discardedRefreshTokens.includes(token) ?? false;
    return oauthError(100200102, 'access_denied', discarded ? 'refreshToken.discarded' : 'invalid refresh_token');
  }
  if (shop.refresh.expiresAt <= stage.now()) return oauthError(100200102, 'access_denied', 'invalid refresh_token');
  shop.discardedRefreshTokens.push(token);
  shop.olderAccess = [...shop.olderAccess.filter((each) => each.expiresAt > stage.now()), shop.access];
  shop.access = { token: `at-${randomBytes(16).toString('hex')}`, expiresAt: stage.now() + stage.settings.accessTtlMs };
  shop.refresh = { token: `rt-${randomBytes(16).toString('hex')}`, expiresAt: shop.refresh.expiresAt };
  stage.changed('shops', shop.shopId);
  return jsonAnswer({
    result: 1,
    access_token: shop.access.token,
    expires_in: Math.floor(stage.settings.accessTtlMs / 1000),
    refresh_token: shop.refresh.token,
    refresh_token_expires_in: Math.floor((shop.refresh.expiresAt - stage.now()) / 1000),
    token_type: 'bearer',
    open_id: `f18d${shop.shopId}`,
    scopes: SCOPES,
  });
}

/** The shop an access token stands for; null when nobody ever got it or its time is up. */
export function findShopByToken(stage: Stage, token: string | null): Shop | null {
  const shop = token === null ? null : stage.lookup.shopOfToken(token);
  const isGood = shop !== null && [shop.access, ...shop.olderAccess].some((each) => each.token === token && each.expiresAt > stage.now());
  return isGood ? shop : null;
}
