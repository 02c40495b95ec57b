import { decisionSettings } from '../../../store/decision-settings.ts';
import { replaceSettings, viewSettings } from '../../decisions/settings.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import type { V1Routes } from '../v1-routes.ts';
import { ref } from '../schemas.ts';
import { putSettingsBody } from './schemas.ts';

const tags = ['intercepts'];
const response = { 200: ref('DecisionSettings') };

/** How a shop's people are helped to decide: what is proposed, when they are reminded, who is told at last. */
export const decisionSettingsRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'GET',
    url: '/decision-settings',
    schema: { tags, summary: '处理建议、提醒时间与上报人', response },
    config: { operation: 'getDecisionSettings', scope: 'intercepts:read' },
    handler: async (request) => viewSettings(await decisionSettings(deps.db, callerOfRequest(request).shopId)),
  });

  app.route({
    method: 'PUT',
    url: '/decision-settings',
    schema: { tags, summary: '保存处理建议、提醒时间与上报人', body: putSettingsBody, response },
    config: { operation: 'putDecisionSettings', scope: 'rules:write', problems: ['RULES_CHANGED'] },
    handler: async (request) => {
      const { baseVersion, ...settings } = request.body;
      return viewSettings(await replaceSettings(deps, callerOfRequest(request), { baseVersion, settings }));
    },
  });
};
