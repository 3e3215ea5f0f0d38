// Makes with the browser what the deployed site has ready: `node render.js` says how.

import { cards } from './render/cards.js';
import { diagrams } from './render/diagrams.js';
import { pdf } from './render/pdf.js';

const USAGE = `usage:
  node render.js diagrams BOOK OUT   each Mermaid diagram of the built book, as OUT/HASH.light.svg and
                                     OUT/HASH.dark.svg, and the list of them, OUT/diagrams.json
  node render.js cards SITE OUT      for each page a picture to share it with, OUT/PART-PAGE.png, and
                                     the cover of the book, OUT/cover.png
  node render.js pdf SITE FILE       the page of the whole book, SITE/print.html, as one PDF`;

const TASKS = { cards, diagrams, pdf };

const [name, from, to, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(TASKS, name ?? '') || !to || rest.length) {
    console.error(USAGE);
    process.exit(2);
}
try {
    console.log(await TASKS[name](from, to));
} catch (error) {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
}
