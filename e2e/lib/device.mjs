// A browser's push subscription and what is sent to it: decrypted by an implementation that is not ours, the sender's
// token verified as a push service does (RFC 8291, RFC 8292).
import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';

import ece from 'http_ece';

const DAY_SECONDS = 24 * 3600;

/** A subscription at this endpoint, as a browser gives it (`toJSON`), and the keys that only the browser has. */
export function newDevice(endpoint) {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  const auth = randomBytes(16).toString('base64url');
  const subscription = { endpoint, keys: { p256dh: keys.getPublicKey('base64url'), auth } };
  return { subscription, privateKey: keys, auth };
}

/** What was sent, as the device reads it. */
export function decrypt({ privateKey, auth }, body) {
  return JSON.parse(ece.decrypt(body, { version: 'aes128gcm', privateKey, authSecret: auth }).toString());
}

/** Why a push service at `origin` would refuse a request with these headers; none when it would not. */
export function faultOfSender(headers, origin) {
  const [, token, key] = headers.authorization?.match(/^vapid t=([\w.-]+), ?k=([\w-]+)$/) ?? [];
  if (!token) return 'no VAPID authorization';
  const [head, claims, signature] = token.split('.');
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url'));
  const left = exp - Date.now() / 1000;
  if (aud !== origin) return `a token for ${aud}`;
  if (left <= 0 || left > DAY_SECONDS) return `a token for ${left} s`;
  if (!/^(mailto|https):/.test(sub)) return 'nobody to ask';
  const signed = verify('sha256', `${head}.${claims}`, publicKey(key), Buffer.from(signature, 'base64url'));
  if (!signed) return 'a signature that is not of the key';
  if (headers['content-encoding'] !== 'aes128gcm') return 'another encryption';
  if (!/^\d+$/.test(headers.ttl)) return 'no TTL';
  if (headers.topic !== undefined && !/^[\w-]{1,32}$/.test(headers.topic)) return 'a topic that is none';
  return undefined;
}

function publicKey(text) {
  const point = Buffer.from(text, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  return { key: createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
}
