import { data, KB, MB, type Tick, text, type World } from './scenario.js';

/** What any page does beside: a base that stays, garbage every second, objects that live for a while, rows that come and go. */
export function noise({ random, root }: World): Tick {
  const base = Array.from({ length: random.whole(20, 120) }, () => data(100 * KB));
  const garbageASecond = random.between(0.1, 1.5) * MB;
  const sizeOfLasting = random.between(2, 12) * KB;
  const lasting: { until: number; held: number[] }[] = [];
  const list = document.createElement('ul');
  root.append(list);
  return (second) => {
    if (base.length === 0) return;
    for (let made = 0; made < garbageASecond; made += 64 * KB) data(64 * KB);
    for (let n = random.whole(0, 3); n > 0; n--) {
      lasting.push({ until: second + random.between(3, 40), held: data(sizeOfLasting) });
    }
    for (let at = lasting.length - 1; at >= 0; at--) if ((lasting[at]?.until ?? 0) <= second) lasting.splice(at, 1);
    const row = document.createElement('li');
    row.className = 'noise-row';
    row.textContent = text(random, 100);
    list.append(row);
    if (list.childElementCount > 20) list.firstElementChild?.remove();
  };
}
