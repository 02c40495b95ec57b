import { Type } from 'typebox';
import { MAX_FILE_BYTES } from '../../files/judge-upload.ts';
import { closed, instantSchema, words } from '../schemas.ts';

export const fileIdSchema = Type.String({
  pattern: '^file_[0-9a-f]{32}$',
  maxLength: 37,
  description: '文件编号',
  examples: ['file_0f8fad5bd9cb469fa16570867728950e'],
});

export const fileSchema = closed(
  {
    fileId: fileIdSchema,
    name: Type.String({ description: '上传时的文件名', examples: ['破损照片.jpg'] }),
    contentType: words({ 'image/jpeg': 'JPEG 图片', 'image/png': 'PNG 图片', 'application/pdf': 'PDF 文档' }),
    byteCount: Type.Integer({ minimum: 1, examples: [482_113] }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: '所存内容的 SHA-256' }),
    createdAt: instantSchema,
  },
  { $id: 'File', description: '索赔证据文件' },
);

export const fileParams = closed({ fileId: Type.String({ pattern: '^[A-Za-z0-9_]{1,64}$' }) });

/** The body as documented; as validated it is what the upload came to. */
export const uploadBody = closed(
  {
    file: Type.String({
      maxLength: MAX_FILE_BYTES,
      contentMediaType: 'application/octet-stream',
      description: 'JPEG、PNG 或 PDF，最大 5 MB；按内容识别类型；图片中的拍摄地点、时间、设备等信息不保留',
    }),
  },
  { examples: [{ file: '@破损照片.jpg' }] },
);
