import { Type } from 'typebox';
import { noticeTitle } from '../../../domain/notice.ts';
import { toRfc3339 } from '../../../domain/time.ts';
import { type ListedNotice, listNotices, markAllNoticesRead, markNoticeRead, unreadNotices } from '../../../store/notices.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { problem } from '../../problems/problem.ts';
import type { V1Routes } from '../v1-routes.ts';
import { closed, nullable, pageOf, ref } from '../schemas.ts';
import { noticeParams, noticesQuery, readAllAnswer, readAllBody } from './schemas.ts';

const tags = ['notices'];
const scope = 'intercepts:read';
const notice = ref('Notice');
/** A badge shows no more than this. */
const MOST_COUNTED = 1_000;

function viewNotice({ noticeId, kind, code, interceptId, reference, detail, at, read }: ListedNotice) {
  return { noticeId, kind, code, title: noticeTitle(code, detail), interceptId, reference, detail, at: toRfc3339(at), read };
}

const noticesAnswer = closed({
  items: Type.Array(notice),
  nextCursor: nullable(Type.String({ description: '下一页的游标；没有更多时为 null' })),
  unreadCount: Type.Integer({ minimum: 0, maximum: MOST_COUNTED, description: `未读条数，至多数到 ${MOST_COUNTED}` }),
});

/** What people of the shop should know. Read marks are each reader's own: a key's, or a person's. */
export const noticeRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'GET',
    url: '/notices',
    schema: { tags, summary: '店铺消息，最新在前', querystring: noticesQuery, response: { 200: noticesAnswer } },
    config: { operation: 'listNotices', scope, problems: ['INVALID_CURSOR'] },
    handler: async (request) => {
      const { shopId, keyId: reader } = callerOfRequest(request);
      const { interceptId } = request.query;
      const unread = request.query.unread === undefined ? undefined : request.query.unread === 'true';
      const { items, nextCursor } = await listNotices(deps.db, { shopId, reader, unread, interceptId }, pageOf(request.query));
      return { items: items.map(viewNotice), nextCursor, unreadCount: await unreadNotices(deps.db, shopId, reader, MOST_COUNTED) };
    },
  });

  app.route({
    method: 'POST',
    url: '/notices/:noticeId/read',
    schema: { tags, summary: '标为已读', params: noticeParams, response: { 200: notice } },
    config: { operation: 'markNoticeRead', scope, acts: true, problems: ['NOT_FOUND'] },
    handler: async (request) => {
      const { shopId, keyId } = callerOfRequest(request);
      const marked = await markNoticeRead(deps.db, shopId, keyId, request.params.noticeId);
      if (marked === null) throw problem('NOT_FOUND');
      return viewNotice(marked);
    },
  });

  app.route({
    method: 'POST',
    url: '/notices/read-all',
    schema: { tags, summary: '全部标为已读（给出 upTo 时，至该条为止）', body: readAllBody, response: { 200: readAllAnswer } },
    config: { operation: 'markAllNoticesRead', scope, acts: true },
    handler: async (request) => {
      const { shopId, keyId } = callerOfRequest(request);
      return { count: await markAllNoticesRead(deps.db, shopId, keyId, request.body.upTo ?? null) };
    },
  });
};
