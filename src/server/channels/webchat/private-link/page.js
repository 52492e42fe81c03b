const form = document.querySelector('form');
const said = document.querySelector('[role=status]');
const pin = document.querySelector('input');

form?.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { words, language } = JSON.parse(form.dataset.page ?? '{}');
  const answer = await fetch(location.pathname, {
    method: 'POST',
    cache: 'no-store',
    credentials: 'omit',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pin: pin.value }),
  }).catch(() => null);
  const body = (await answer?.json().catch(() => null)) ?? {};
  if (answer?.status === 200) {
    const { token, conversationId, resumeKey, watermark } = body;
    const kept = { token, conversation: conversationId, resumeKey, from: watermark, language };
    sessionStorage.setItem('chat', JSON.stringify(kept));
    // The link is not left behind in the tab's history.
    location.replace(`/chat?lang=${language}`);
  } else if (answer?.status === 410) {
    form.remove();
    said.textContent = words.dead;
  } else if (answer?.status === 403) {
    said.textContent = `${words.wrong} ${words.left.replace('{n}', body.left)}`;
    pin.value = '';
    pin.focus();
  } else said.textContent = words.failed;
});
