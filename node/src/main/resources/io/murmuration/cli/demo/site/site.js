// The page's own addresses are relative, so that it works wherever the distribution is reached.
const SHOWN = 18;
const LOOK_AGAIN_MILLIS = 1500;
const find = (id) => document.getElementById(id);
const figures = new Intl.NumberFormat('en');
const before = new Map();

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) {
    made.className = className;
  }
  return made;
}

function row({ species, strikes }, most) {
  const line = document.createElement('tr');
  const name = element('th', species);
  name.scope = 'row';
  const bar = element('div', '', 'bar');
  bar.style.width = `${(100 * strikes) / most}%`;
  const share = document.createElement('td');
  share.append(bar);
  line.append(name, share, element('td', figures.format(strikes), 'figure'));
  line.dataset.species = species;
  line.dataset.strikes = strikes;
  if (before.size > 0 && before.get(species) !== strikes) {
    line.className = 'new';
  }
  return line;
}

// The most often reported, and in any case what has changed just now.
function shown(species) {
  const changed = species.filter((each, place) => place >= SHOWN && before.size > 0 && before.get(each.species) !== each.strikes);
  return [...species.slice(0, SHOWN), ...changed];
}

async function showCounts() {
  const response = await fetch('counts', { cache: 'no-store' });
  if (!response.ok) {
    throw new Error(`status ${response.status}`);
  }
  const { total, species } = await response.json();
  if (species.every((each) => before.get(each.species) === each.strikes) && before.size > 0) {
    return;
  }
  const lines = shown(species);
  const most = Math.max(1, ...species.map((each) => each.strikes));
  find('total').textContent = figures.format(total);
  find('species').replaceChildren(...lines.map((each) => row(each, most)));
  const others = species.length - lines.length;
  find('more').textContent = others > 0 ? `and ${others} other species` : '';
  find('known').replaceChildren(...species.map((each) => new Option(each.species)));
  before.clear();
  species.forEach((each) => before.set(each.species, each.strikes));
}

async function showGallery() {
  const response = await fetch('gallery', { cache: 'no-store' });
  if (!response.ok) {
    throw new Error(`status ${response.status}`);
  }
  const { photos } = await response.json();
  find('no-photos').hidden = photos.length > 0;
  if (photos.length === find('gallery').children.length) {
    return;
  }
  find('gallery').replaceChildren(
    ...photos.map(({ photo, species }) => {
      const image = new Image();
      image.src = photo;
      image.alt = `Drawing of a ${species}`;
      const figure = document.createElement('figure');
      figure.append(image, element('figcaption', species));
      const item = document.createElement('li');
      item.append(figure);
      return item;
    }),
  );
}

async function showEdge() {
  const { headers } = await fetch('index.html', { method: 'HEAD' });
  const presence = headers.get('x-amz-cf-pop');
  const distance = headers.get('x-murmur-distance-km');
  if (presence) {
    const far = distance === null ? '' : `, ${figures.format(Number(distance))} km from you`;
    find('edge').textContent = `This page came from the point of presence ${presence}${far}.`;
  }
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const report = Object.fromEntries(new FormData(form));
  // By this id a report that is sent again is not there twice.
  report.report = (form.dataset.id ??= Math.random().toString(36).slice(2, 12) + Date.now().toString(36));
  form.querySelector('button').disabled = true;
  try {
    const response = await fetch('strikes', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report),
    });
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(answer.message);
    }
    delete form.dataset.id;
    find('note').value = '';
    say(`Thank you. The report of a ${answer.species} at ${answer.airport} is stored.`);
  } catch (error) {
    say(`The report was not confirmed: ${error.message} Press the button again; it will not be there twice.`, true);
  } finally {
    form.querySelector('button').disabled = false;
  }
}

function say(text, failed = false) {
  find('said').textContent = text;
  find('said').classList.toggle('failed', failed);
}

// The same flock each time: a cloud of birds that leans to the right, smaller where it is farther.
function drawFlock() {
  const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  let seed = 7;
  const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let bird = 0; bird < 170; bird++) {
    const around = chance() * 2 * Math.PI;
    const out = Math.sqrt(chance());
    const x = 900 + 260 * out * Math.cos(around) - 70 * Math.sin(around) * out;
    const y = 110 + 62 * out * Math.sin(around) - 16 * out * Math.cos(2 * around);
    const size = 2.5 + 4 * (1 - out) + 2.5 * chance();
    const lift = size * (0.35 + 0.5 * chance());
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', `M${x - size} ${y - lift}Q${x - size / 3} ${y - lift} ${x} ${y}Q${x + size / 3} ${y - lift} ${x + size} ${y - lift}`);
    path.setAttribute('stroke-width', (0.9 + size / 9).toFixed(2));
    group.append(path);
  }
  find('flock').append(group);
}

async function lookAgain() {
  try {
    await showCounts();
    await showGallery();
    find('away').hidden = true;
  } catch {
    find('away').hidden = false;
  }
  setTimeout(lookAgain, LOOK_AGAIN_MILLIS);
}

drawFlock();
find('date').valueAsDate = new Date();
find('report').addEventListener('submit', send);
showEdge().catch(() => {});
lookAgain();
