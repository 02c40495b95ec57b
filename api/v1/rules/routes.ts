import type { RuleSet } from '../../../domain/rules/rule.ts';
import { shanghaiDay, toRfc3339 } from '../../../domain/time.ts';
import { now } from '../../../store/db.ts';
import { findByRefunds } from '../../../store/intercept-reading.ts';
import { judgementsOf, listJudgements, spentOn } from '../../../store/rule-judgements.ts';
import { isWaiting } from '../../../store/rule-tasks.ts';
import { currentRules, listRuleVersions, type SavedRules } from '../../../store/rule-versions.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { languageOf, problem } from '../../problems/problem.ts';
import { dryRun } from '../../rules/dry-run.ts';
import { pauseRules, replaceRules, requireSound } from '../../rules/save-rules.ts';
import { viewJudged, viewJudgement, viewRules } from '../../rules/view-judgement.ts';
import type { AppDeps } from '../../deps.ts';
import type { V1Routes } from '../v1-routes.ts';
import { DEFAULT_LIMIT, listOf, pageOf, ref } from '../schemas.ts';
import {
  dryRunAnswer,
  dryRunBody,
  judgementsQuery,
  pauseBody,
  putRulesBody,
  refundJudgementsAnswer,
  refundParams,
  rulesAnswer,
  versionsAnswer,
} from './schemas.ts';

const tags = ['rules'];
const MOST_VERSIONS = 50;

/** Rules that start intercepts (自动拦截): what a shop wants, what they would have done, and what they did and why. */
export const ruleRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'GET',
    url: '/rules',
    schema: { tags, summary: '自动拦截规则，及当日已用的预算', response: { 200: rulesAnswer } },
    config: { operation: 'getRules', scope: 'intercepts:read' },
    handler: async (request) => {
      const { shopId } = callerOfRequest(request);
      return showRules(deps, shopId, await currentRules(deps.db, shopId));
    },
  });

  app.route({
    method: 'PUT',
    url: '/rules',
    schema: {
      tags,
      summary: '保存为新版本（保存即确认其中的自动拦截，以金额和费用上限为界）',
      body: putRulesBody,
      response: { 200: rulesAnswer },
    },
    config: { operation: 'putRules', scope: 'rules:write', problems: ['CONFIRMATION_REQUIRED', 'RULES_CHANGED'] },
    handler: async (request) => {
      const { baseVersion, confirm = false, limits, rules } = request.body;
      const caller = callerOfRequest(request);
      return showRules(deps, caller.shopId, await replaceRules(deps, caller, { baseVersion, confirm, ruleSet: { limits, rules } }));
    },
  });

  app.route({
    method: 'POST',
    url: '/rules/pause',
    schema: { tags, summary: '全部暂停或恢复', body: pauseBody, response: { 200: rulesAnswer } },
    config: { operation: 'pauseRules', scope: 'rules:write', acts: true, problems: ['CONFIRMATION_REQUIRED', 'NOT_FOUND'] },
    handler: async (request) => {
      const caller = callerOfRequest(request);
      const { paused, confirm = false } = request.body;
      const saved = await pauseRules(deps, caller, { paused, confirm });
      if (saved === null) throw problem('NOT_FOUND');
      return showRules(deps, caller.shopId, saved);
    },
  });

  app.route({
    method: 'GET',
    url: '/rules/versions',
    schema: { tags, summary: `最近 ${MOST_VERSIONS} 个版本，最新在前`, response: { 200: versionsAnswer } },
    config: { operation: 'listRuleVersions', scope: 'intercepts:read' },
    handler: async (request) => {
      const versions = await listRuleVersions(deps.db, callerOfRequest(request).shopId, MOST_VERSIONS);
      return { items: versions.map(viewRules) };
    },
  });

  app.route({
    method: 'POST',
    url: '/rules/dry-run',
    schema: {
      tags,
      summary: '试运行：这些规则对近日的退款会怎样做',
      description: '按各次判定时留下的事实，以同一函数判定；不发起任何拦截。',
      body: dryRunBody,
      response: { 200: dryRunAnswer },
    },
    config: { operation: 'dryRunRules', scope: 'intercepts:read' },
    handler: async (request) => {
      const { days, decision, limit = DEFAULT_LIMIT, skip = 0, limits, rules } = request.body;
      const ruleSet: RuleSet = { limits, rules };
      requireSound(ruleSet);
      const asked = { ruleSet, days, decision, limit, skip };
      const { from, to, items, ...report } = await dryRun(deps, callerOfRequest(request).shopId, asked);
      const language = languageOf(request);
      return {
        from: toRfc3339(from),
        to: toRfc3339(to),
        ...report,
        items: items.map(({ facts, judgement }) => viewJudged(facts, judgement, language)),
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/rules/judgements',
    schema: { tags, summary: '规则的判定，最新在前', querystring: judgementsQuery, response: { 200: listOf(ref('Judgement')) } },
    config: { operation: 'listJudgements', scope: 'intercepts:read', problems: ['INVALID_CURSOR'] },
    handler: async (request) => {
      const { shopId } = callerOfRequest(request);
      const { decision, refundId } = request.query;
      const { items, nextCursor } = await listJudgements(deps.db, { shopId, decision, refundId }, pageOf(request.query));
      return { items: items.map((kept) => viewJudgement(kept, languageOf(request))), nextCursor };
    },
  });

  app.route({
    method: 'GET',
    url: '/refunds/:refundId/judgements',
    schema: {
      tags,
      summary: '为什么（没有）自动拦截这笔退款：每次判定，最新在前',
      params: refundParams,
      response: { 200: refundJudgementsAnswer },
    },
    config: { operation: 'listRefundJudgements', scope: 'intercepts:read', problems: ['NOT_FOUND'] },
    handler: async (request) => {
      const { shopId } = callerOfRequest(request);
      const { refundId } = request.params;
      const [kept, waiting, intercepts] = await Promise.all([
        judgementsOf(deps.db, shopId, refundId),
        isWaiting(deps.db, shopId, refundId),
        findByRefunds(deps.db, shopId, [refundId]),
      ]);
      const language = languageOf(request);
      const interceptId = intercepts.get(refundId)?.interceptId ?? null;
      // Never judged and nothing to come: the rules know no such refund, whoever's it is.
      if (kept.length === 0 && !waiting && interceptId === null) throw problem('NOT_FOUND');
      return { items: kept.map((each) => viewJudgement(each, language)), waiting, interceptId };
    },
  });
};

async function showRules({ db }: AppDeps, shopId: string, saved: SavedRules | null) {
  const { shop, byRule } = await spentOn(db, shopId, shanghaiDay(await now(db)));
  return { rules: viewRules(saved), today: { shop, byRule: [...byRule].map(([ruleId, spent]) => ({ ruleId, ...spent })) } };
}
