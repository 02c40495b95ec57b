/** Version of the service agreement (拦截物流服务协议) that shops sign now; intercepts need any signed version in force (R8, R18). */
export const AGREEMENT_VERSION = '2026-01';
