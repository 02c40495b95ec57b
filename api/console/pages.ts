import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../problems/error-handler.ts';
import { problem } from '../problems/problem.ts';

/** The built pages, from the source tree and from `dist` alike. */
const BUILT_PAGES = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../dist/console' : '../../console', import.meta.url));

/** Only what the pages bring themselves; the component library sets styles from its own script. */
const PAGE_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** Never kept; a browser that keeps an old page looks for scripts that are gone. */
const FRESH = 'no-store';
/** A file with a hash in its name never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

const NOT_BUILT = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>拦截物流</title>
<p>控制台页面尚未构建：请运行 npm run build，或以 npm start 启动。</p>
<p lang="en">The console's pages are not built: run "npm run build", or start with "npm start".</p></html>`;

/**
 * The console's pages under `/console/`: hashed assets for ever, the page itself never kept and, for whoever asks for
 * HTML, answered for every address of the console, so that its links can be opened directly. `/` leads there.
 */
export async function consolePages(app: FastifyInstance, { folder = BUILT_PAGES }: { folder?: string | undefined }): Promise<void> {
  app.get('/', { config: { operation: 'consoleStart' } }, (_request, reply) => reply.redirect('/console/', 302));
  await app.register(
    async (pages) => {
      await pages.register(helmet, {
        contentSecurityPolicy: { useDefaults: false, directives: PAGE_POLICY },
        xFrameOptions: { action: 'deny' },
      });
      if (!existsSync(`${folder}/index.html`)) {
        const explain = { config: { operation: 'consoleNotBuilt' } };
        pages.get('/', explain, (_request, reply) =>
          reply.code(503).header('cache-control', FRESH).type('text/html; charset=utf-8').send(NOT_BUILT),
        );
        return;
      }
      const withoutSlash = { method: 'GET', url: '/', prefixTrailingSlash: 'no-slash', config: { operation: 'consoleStart' } } as const;
      pages.route({ ...withoutSlash, handler: (_request, reply) => reply.redirect('/console/', 302) });
      await pages.register(staticFiles, {
        root: folder,
        prefix: '/',
        cacheControl: false,
        dotfiles: 'ignore',
        decorateReply: true,
        setHeaders: (reply, path) => void reply.header('cache-control', /[\\/]assets[\\/][^\\/]+$/.test(path) ? FOR_EVER : FRESH),
      });
      pages.setNotFoundHandler((request, reply) => {
        const isPage =
          request.method === 'GET' && wantsHtml(request.headers.accept) && !/^\/console\/(api|assets)(\/|$|\?)/.test(request.url);
        return isPage ? reply.sendFile('index.html') : sendProblem(request, reply.header('cache-control', FRESH), problem('NOT_FOUND'));
      });
    },
    { prefix: '/console' },
  );
}

function wantsHtml(accept: string | undefined): boolean {
  return (accept ?? '').split(',').some((range) => /^\s*text\/html\s*(;|$)/i.test(range));
}
