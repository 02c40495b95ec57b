import { createHash } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { toRfc3339 } from '../../../domain/time.ts';
import { addFileWithin, readFile, type StoredFile } from '../../../store/files.ts';
import { notePersonalData } from '../../../store/personal-data-log.ts';
import { ACCEPTED_TYPES, judgeUpload } from '../../files/judge-upload.ts';
import { readUpload, type Upload } from '../../files/read-upload.ts';
import { stripMetadata } from '../../files/strip-metadata.ts';
import { attachment } from '../../http/attachment.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { problem } from '../../problems/problem.ts';
import type { V1Routes } from '../v1-routes.ts';
import { ref } from '../schemas.ts';
import { fileParams, uploadBody } from './schemas.ts';

const tags = ['claims'];
/** A file is only ever saved, never shown by a browser in this origin. */
const LOCKED_DOWN = "default-src 'none'; sandbox; frame-ancestors 'none'";

function viewFile({ createdAt, ...file }: StoredFile) {
  return { ...file, createdAt: toRfc3339(createdAt) };
}

/** Evidence for claims (R35): kept under random ids, pictures without their metadata, given out to their shop alone. */
export const fileRoutes: V1Routes = async (app, { deps }) => {
  await app.register(multipart);
  app.addContentTypeParser('*', async () => {
    throw problem('MULTIPART_REQUIRED');
  });
  const uploads = new WeakMap<FastifyRequest, Upload>();

  app.route({
    method: 'POST',
    url: '/files',
    schema: { tags, summary: '上传索赔证据', consumes: ['multipart/form-data'], body: uploadBody, response: { 201: ref('File') } },
    config: {
      operation: 'uploadFile',
      scope: 'settlement:write',
      acts: true,
      problems: ['MULTIPART_REQUIRED', 'FILE_NOT_ACCEPTED', 'FILE_QUOTA_EXCEEDED'],
    },
    preValidation: async (request) => {
      const upload = await readUpload(request);
      uploads.set(request, upload);
      // Name and content stand for the body: an `Idempotency-Key` used for another file is noticed.
      request.body = { file: `${upload.name} ${createHash('sha256').update(upload.bytes).digest('hex')}` };
    },
    handler: async (request, reply) => {
      const { shopId, actor } = callerOfRequest(request);
      const upload = uploads.get(request);
      if (upload === undefined) throw problem('MULTIPART_REQUIRED');
      const judged = await judgeUpload(upload.bytes);
      if (judged.kind === 'REFUSED') throw problem('FILE_NOT_ACCEPTED', { extensions: { reason: judged.reason } });
      const { contentType } = judged;
      const file = { shopId, name: upload.name, bytes: stripMetadata(upload.bytes, contentType), contentType, uploadedBy: actor };
      const { fileQuotaBytes: quotaBytes } = deps.config;
      const stored = await addFileWithin(deps.db, file, quotaBytes);
      if ('usedBytes' in stored) throw problem('FILE_QUOTA_EXCEEDED', { params: { quotaBytes, usedBytes: stored.usedBytes } });
      return reply.code(201).header('location', `/v1/files/${stored.fileId}`).send(viewFile(stored));
    },
  });

  app.route({
    method: 'GET',
    url: '/files/:fileId',
    schema: {
      tags,
      summary: '下载索赔证据',
      params: fileParams,
      response: {
        200: {
          description: '文件内容，总是作为附件',
          content: Object.fromEntries(ACCEPTED_TYPES.map((type) => [type, { schema: { type: 'string', contentMediaType: type } }])),
        },
      },
    },
    config: { operation: 'downloadFile', scope: 'intercepts:read', problems: ['NOT_FOUND'] },
    handler: async (request, reply) => {
      const { shopId, actor } = callerOfRequest(request);
      const file = await readFile(deps.db, shopId, request.params.fileId);
      if (file === null) throw problem('NOT_FOUND');
      // A photo of a parcel may show its label.
      await notePersonalData(deps.db, { shopId, actor, what: 'FILE_SHOWN', about: file.fileId, detail: {} });
      return reply
        .type(file.contentType)
        .header('content-disposition', attachment(file.name))
        .header('content-security-policy', LOCKED_DOWN)
        .send(file.bytes);
    },
  });
};
