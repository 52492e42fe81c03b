// The simulated phone in a browser: shows both directions, sends, looks again every second while it can be seen.
const [number, texts, empty, problem, form, box] = ['number', 'texts', 'empty', 'problem', 'write', 'text'].map((id) =>
  document.getElementById(id),
);
// A number reserved for fiction by the Swedish regulator.
number.value = new URLSearchParams(location.search).get('number') || '+46701740605';
const STATUS = { sent: 'på väg', delivered: '', failed: 'kom inte fram', refused: 'spärrat', received: '' };
let shown = '';

function show(messages) {
  const now = JSON.stringify([number.value, messages]);
  if (now === shown) return;
  shown = now;
  empty.hidden = messages.length > 0;
  texts.replaceChildren(...messages.map(bubble));
  texts.lastElementChild?.scrollIntoView({ block: 'end' });
}

function bubble({ text, at, direction, status, size }) {
  const item = document.createElement('li');
  const words = document.createElement('p');
  // Each line in its own direction, as phones show a text in two languages.
  words.dir = 'auto';
  words.textContent = text;
  item.className = direction === 'in' ? 'mine' : status === 'failed' || status === 'refused' ? 'lost' : '';
  const foot = document.createElement('small');
  const time = new Date(at).toLocaleTimeString('sv-SE', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Stockholm',
  });
  foot.textContent = [time, STATUS[status], ...sizeOf(size)].filter(Boolean).join(' · ');
  item.append(words, foot);
  return item;
}

/** "2 delar · UCS-2, 98 tecken · 1,04 kr" */
function sizeOf({ encoding, units, parts, costOre }) {
  const crowns = (costOre ?? 0) / 100;
  return [
    parts === 1 ? '1 del' : `${parts} delar`,
    `${encoding === 'gsm7' ? 'GSM-7' : 'UCS-2'}, ${units} tecken`,
    costOre === null ? '' : crowns.toLocaleString('sv-SE', { style: 'currency', currency: 'SEK' }),
  ];
}

function tell(words) {
  problem.textContent = words;
  problem.hidden = !words;
}

async function look() {
  if (document.hidden) return;
  const asked = number.value;
  try {
    const answer = await fetch(`/dev/phone?number=${encodeURIComponent(asked)}`, {
      headers: { accept: 'application/json' },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const { messages } = await answer.json();
    if (asked === number.value) show(messages);
  } catch {
    tell('Når inte servern. Försöker igen.');
    return;
  }
  if (problem.textContent.startsWith('Når inte')) tell('');
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = box.value;
  if (!text.trim()) return;
  try {
    const answer = await fetch('/dev/phone', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ from: number.value, text }),
    });
    if (answer.status === 422) return tell('Det där är inget mobilnummer.');
    if (!answer.ok) throw new Error(String(answer.status));
    // What was written meanwhile stays.
    if (box.value === text) box.value = '';
    tell('');
    show((await answer.json()).messages);
  } catch {
    tell('Sms:et gick inte i väg. Texten är kvar, försök igen.');
  }
});
box.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
number.addEventListener('input', look);
document.addEventListener('visibilitychange', look);
setInterval(look, 1000);
look();
