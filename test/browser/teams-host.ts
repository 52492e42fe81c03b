/**
 * A page that frames the tab and speaks the part of Teams' protocol that MICROSOFT §6 lists; the real teams-js talks to it. It asks
 * `giveToken()`, which the test exposes, for what Teams would say: a token, or why not, or nothing at all. `?config` is the page
 * where a tab is set up; any other query is the tab's.
 */
export const teamsHost = (
  theme: 'default' | 'dark' | 'contrast' = 'default',
) => `<!doctype html><meta name="viewport" content="width=device-width"><body style="margin:0"><iframe id="tab" style="border:0;width:100vw;height:100vh"></iframe><script>
const config = location.search === '?config';
const runtime = JSON.stringify({ apiVersion: 4, isLegacyTeams: false, hostVersionsInfo: {}, supports: { app: { notifySuccessResponse: {} }, pages: { config: {} } } });
const context = { entityId: 'inbox', subEntityId: decodeURIComponent(location.hash.slice(1)), userObjectId: 'u', tid: 't', locale: 'sv-se', theme: '${theme}', frameContext: config ? 'settings' : 'content', hostName: 'Teams', hostClientType: 'web', sessionId: 's', appSessionId: 'a' };
window.heard = [];
window.tell = (func, args) => document.getElementById('tab').contentWindow.postMessage({ func, args }, '*');
addEventListener('message', async ({ data, source }) => {
  heard.push([data.func, data.args]);
  const say = (args) => source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args }, '*');
  if (data.func === 'initialize') say([context.frameContext, 'web', runtime, '2.0.1']);
  if (data.func === 'getContext') say([context]);
  if (data.func === 'authentication.getAuthToken') {
    const answer = await giveToken();
    if (answer) say(answer);
  }
  if (data.func === 'appInitialization.success') say([{}]);
});
document.getElementById('tab').src = config ? '/inbox/config' : '/inbox/' + location.search;
</script></body>`;
