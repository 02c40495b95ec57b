import { Type } from 'typebox';
import { type ChannelSettings, DEFAULT_CODES, DEFAULT_TIMES } from '../../../domain/channel/channel.ts';
import { type EpochMs, toRfc3339 } from '../../../domain/time.ts';
import { deleteChannel, listChannels, type NoticeChannel } from '../../../store/notice-channels.ts';
import { channelDepsOf } from '../../outgoing/delivery-deps.ts';
import { alterChannel, openChannel, requireChannel, testChannel } from '../../outgoing/manage-channels.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { problem } from '../../problems/problem.ts';
import type { V1Routes } from '../v1-routes.ts';
import { listOf, pageOf, ref } from '../schemas.ts';
import { alterChannelBody, channelParams, channelsQuery, openChannelBody, testAnswer } from './schemas.ts';

const tags = ['notices'];
const scope = 'webhooks:write';
const channel = ref('NoticeChannel');

const instantOrNull = (at: EpochMs | null) => (at === null ? null : toRfc3339(at));

function viewChannel({ channelId, kind, settings, enabled, disabledReason, lastError, ...rest }: NoticeChannel) {
  return {
    channelId,
    kind,
    ...settings,
    target: rest.targetShown,
    enabled,
    disabledReason,
    failingSince: instantOrNull(rest.failingSince),
    lastError,
    lastErrorAt: instantOrNull(rest.lastErrorAt),
    lastSentAt: instantOrNull(rest.lastSentAt),
    createdAt: toRfc3339(rest.createdAt),
  };
}

/** What is not said is as it is for a channel nobody said anything of. */
function settingsOf({ codes = [...DEFAULT_CODES], ...given }: Partial<ChannelSettings> & { name: string }): ChannelSettings {
  const { name, language, quietHours, digest, digestAt } = { ...DEFAULT_TIMES, ...given };
  return { name, codes, language, quietHours, digest, digestAt };
}

/** Where people of a shop are told its notices beside the console. */
export const noticeChannelRoutes: V1Routes = async (app, { deps }) => {
  const telling = channelDepsOf(deps);
  if (deps.webhookSender === undefined) app.addHook('onClose', () => telling.sender.close());

  app.route({
    method: 'POST',
    url: '/notice-channels',
    schema: { tags, summary: '新建通知渠道', body: openChannelBody, response: { 201: channel } },
    config: {
      operation: 'createNoticeChannel',
      scope,
      acts: true,
      problems: ['NOTICE_CHANNEL_URL_REFUSED', 'NOTICE_CHANNEL_LIMIT', 'MAIL_NOT_CONFIGURED'],
    },
    handler: async (request, reply) => {
      const { kind, url, secret, address, ...given } = request.body;
      const { shopId } = callerOfRequest(request);
      const made = await openChannel(telling, shopId, { kind, settings: settingsOf(given), target: { url, secret, address } });
      return reply.code(201).header('location', `/v1/notice-channels/${made.channelId}`).send(viewChannel(made));
    },
  });

  app.route({
    method: 'GET',
    url: '/notice-channels',
    schema: { tags, summary: '通知渠道，最新在前', querystring: channelsQuery, response: { 200: listOf(channel) } },
    config: { operation: 'listNoticeChannels', scope, problems: ['INVALID_CURSOR'] },
    handler: async (request) => {
      const { items, nextCursor } = await listChannels(deps.db, callerOfRequest(request).shopId, pageOf(request.query));
      return { items: items.map(viewChannel), nextCursor };
    },
  });

  app.route({
    method: 'GET',
    url: '/notice-channels/:channelId',
    schema: { tags, summary: '一个通知渠道', params: channelParams, response: { 200: channel } },
    config: { operation: 'getNoticeChannel', scope, problems: ['NOT_FOUND'] },
    handler: async (request) => viewChannel(await requireChannel(telling, callerOfRequest(request).shopId, request.params.channelId)),
  });

  app.route({
    method: 'PUT',
    url: '/notice-channels/:channelId',
    schema: {
      tags,
      summary: '修改、启用或停用通知渠道（url、secret、address 都不填则地址不变）',
      params: channelParams,
      body: alterChannelBody,
      response: { 200: channel },
    },
    config: { operation: 'putNoticeChannel', scope, problems: ['NOT_FOUND', 'NOTICE_CHANNEL_URL_REFUSED', 'MAIL_NOT_CONFIGURED'] },
    handler: async (request) => {
      const { enabled, url, secret, address, ...given } = request.body;
      const target = [url, secret, address].every((part) => part === undefined) ? null : { url, secret, address };
      const change = { settings: settingsOf(given), enabled, target };
      return viewChannel(await alterChannel(telling, callerOfRequest(request).shopId, request.params.channelId, change));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/notice-channels/:channelId',
    schema: {
      tags,
      summary: '删除通知渠道（尚未发出的不再发送）',
      params: channelParams,
      response: { 204: Type.Null({ description: '已删除' }) },
    },
    config: { operation: 'deleteNoticeChannel', scope, problems: ['NOT_FOUND'] },
    handler: async (request, reply) => {
      if (!(await deleteChannel(deps.db, callerOfRequest(request).shopId, request.params.channelId))) throw problem('NOT_FOUND');
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'POST',
    url: '/notice-channels/:channelId/test',
    schema: { tags, summary: '立即发送一条测试消息，返回是否送达', params: channelParams, response: { 200: testAnswer } },
    config: { operation: 'testNoticeChannel', scope, acts: true, problems: ['NOT_FOUND', 'NOTICE_CHANNEL_TESTED'] },
    handler: async (request) => testChannel(telling, callerOfRequest(request).shopId, request.params.channelId),
  });
};
