import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MAX_FILE_BYTES } from '../../files/judge-upload.ts';
import { JPEG, PDF, PNG } from '../../files/sample-files.ts';
import { OTHER_SHOP, openTestApi, send, type TestApi } from '../../test-api.ts';
import { expectDocumented } from '../../test-contract.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

interface Part {
  name?: string;
  filename?: string | null;
  type?: string;
  content: Buffer | string;
}

function form(...parts: Part[]): { payload: Buffer; headers: Record<string, string> } {
  const boundary = `b${randomBytes(8).toString('hex')}`;
  const chunks = parts.flatMap(({ name = 'file', filename = 'photo.jpg', type = 'application/octet-stream', content }) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${filename === null ? '' : `; filename="${filename}"`}\r\ncontent-type: ${type}\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return {
    payload: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
const upload = (parts: Part | Part[], headers: Record<string, string> = {}, key = api.key) => {
  const { payload, headers: own } = form(...[parts].flat());
  return send(api.app, { method: 'POST', url: '/v1/files', payload, headers: { authorization: `Bearer ${key}`, ...own, ...headers } });
};

describe('uploading', () => {
  test.each([
    ['image/jpeg', JPEG],
    ['image/png', PNG],
    ['application/pdf', PDF],
  ])('%s is known by its content, whatever it is called', async (contentType, content) => {
    const answer = await upload({ content, filename: '../../破损.exe', type: 'text/html' });
    expect(answer).toMatchObject({ status: 201, body: { contentType, name: '破损.exe', byteCount: content.length } });
    expect(answer.headers['location']).toBe(`/v1/files/${answer.body.fileId}`);
    await expectDocumented(api, 'uploadFile', answer);
  });

  test('5 MB are taken, one byte more is 413', async () => {
    const whole = Buffer.concat([JPEG, Buffer.alloc(MAX_FILE_BYTES - JPEG.length)]);
    expect((await upload({ content: whole })).status).toBe(201);
    const answer = await upload({ content: Buffer.concat([whole, Buffer.alloc(1)]) });
    expect(answer).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE', detail: expect.stringContaining('5242880') } });
    expect((await upload({ content: Buffer.alloc(MAX_FILE_BYTES + 100_000) })).status).toBe(413);
  });

  test.each([
    ['MORE_THAN_ONE_TYPE', Buffer.concat([PNG, PDF])],
    ['TYPE_NOT_SUPPORTED', Buffer.from('<svg onload="alert(1)"/>')],
    ['EMPTY', Buffer.alloc(0)],
  ])('%s is refused and nothing is kept', async (reason, content) => {
    const before = await api.database.kysely.selectFrom('files').select('file_id').execute();
    const answer = await upload({ content });
    expect(answer).toMatchObject({ status: 422, body: { code: 'FILE_NOT_ACCEPTED', reason } });
    await expectDocumented(api, 'uploadFile', answer);
    expect(await api.database.kysely.selectFrom('files').select('file_id').execute()).toHaveLength(before.length);
  });

  test.each([
    ['another part name', [{ name: 'other', content: PNG }]],
    ['a second file', [{ content: PNG }, { content: PNG }]],
    ['a field beside it', [{ content: PNG }, { name: 'note', filename: null, type: 'text/plain', content: 'x' }]],
    ['a field instead of it', [{ filename: null, type: 'text/plain', content: 'x' }]],
    ['no part', []],
    ['a prototype as name', [{ name: '__proto__', content: PNG }]],
  ] as const)('%s is 400', async (_name, parts) => {
    expect(await upload([...parts] as Part[])).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });

  test('a broken form is 400, anything but a form 415', async () => {
    const broken = await upload({ content: PNG }, { 'content-type': 'multipart/form-data; boundary=other' });
    expect(broken).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect((await upload({ content: PNG }, { 'content-type': 'multipart/form-data' })).status).toBe(400);
    for (const type of ['image/png', 'application/json', 'text/plain']) {
      const answer = await api.call('POST', '/v1/files', type === 'application/json' ? {} : 'x', { 'content-type': type });
      expect(answer).toMatchObject({ status: 415, body: { code: 'MULTIPART_REQUIRED' } });
    }
  });

  test('a photo is kept without where and when it was taken', async () => {
    const exif = Buffer.from('Exif\0\0taken at 31N 121E', 'latin1');
    const photo = Buffer.concat([JPEG.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif, JPEG.subarray(2)]);
    const answer = await upload({ content: photo });
    expect(answer.body).toMatchObject({ byteCount: JPEG.length, sha256: createHash('sha256').update(JPEG).digest('hex') });
    const { bytes } = await api.database.kysely
      .selectFrom('files')
      .select('bytes')
      .where('file_id', '=', answer.body.fileId)
      .executeTakeFirstOrThrow();
    expect(bytes.equals(JPEG)).toBe(true);
  });

  test('beyond the shop’s quota an upload is refused', async () => {
    const before = api.deps.config;
    Object.assign(api.deps, { config: { ...before, fileQuotaBytes: 1 } });
    try {
      const answer = await upload({ content: PNG });
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'FILE_QUOTA_EXCEEDED', detail: expect.stringMatching(/共 1 字节，已用 \d+ 字节/) },
      });
      await expectDocumented(api, 'uploadFile', answer);
    } finally {
      Object.assign(api.deps, { config: before });
    }
    expect((await upload({ content: PNG })).status).toBe(201);
  });

  test('needs its scope', async () => {
    expect((await upload({ content: PNG }, {}, await api.newKey(['intercepts:read']))).status).toBe(403);
  });

  test('repeated with an Idempotency-Key is one file; another file under it is refused', async () => {
    const headers = { 'idempotency-key': 'upload-1' };
    const first = await upload({ content: PNG }, headers);
    const again = await upload({ content: PNG }, headers);
    expect(again).toMatchObject({ status: 201, body: first.body, headers: { 'idempotent-replayed': 'true' } });
    expect(await upload({ content: JPEG }, headers)).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });
});

describe('downloading', () => {
  test('gives the bytes as an attachment that nothing runs', async () => {
    const { body } = await upload({ content: PNG, filename: '破损 "照片".png' });
    const response = await api.app.inject({
      method: 'GET',
      url: `/v1/files/${body.fileId}`,
      headers: { authorization: `Bearer ${api.key}` },
    });
    expect(response.statusCode).toBe(200);
    expect(response.rawPayload.equals(PNG)).toBe(true);
    expect(response.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^attachment; filename="[\w.()\- ]+"; filename\*=UTF-8''/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cache-control': 'no-store',
    });
  });

  test('another shop’s file, an absent one and a wrong id are the same 404', async () => {
    const { body } = await upload({ content: PNG });
    const key = await api.newKey(['intercepts:read'], OTHER_SHOP.shopId);
    for (const fileId of [body.fileId, `file_${'0'.repeat(32)}`, 'none']) {
      const answer = await api.call('GET', `/v1/files/${fileId}`, undefined, { authorization: `Bearer ${key}` });
      expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
  });
});
