// Lighthouse gives full marks to a page of each kind: lighthouse.js. All pages, and how far they are from
// the limits: `bash tools/browser/run measure --all`.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { judge, kinds, start } from './lighthouse.js';
import { open } from './site.js';

// Accessibility, best practices and SEO depend on nothing but the page: they have to hold in each run.
// Performance and TBT are simulated for a slow phone from what was recorded here, and what takes long
// because another program has the processor counts as the page's: a busy machine makes them worse, never
// better. It can also stop in the middle of the page's HTML, paint that, and count what then comes as a
// shift (CLS). So the best of several runs counts. On two cores with twelve programs that wanted them,
// one run in five missed; eight that all do would be one test in 300,000. A page that loads, runs or
// moves too much misses in every run, the quietest too; what late scripts move, budget.test.js finds.
const RUNS = 8;

let site;
let lighthouse;
before(async () => { [site, lighthouse] = [await open(), await start()]; });
after(async () => {
    await lighthouse?.close();
    await site?.close();
});

/** What is wrong with a page in the best of the runs, as text. */
async function judged(url, path, runs = RUNS) {
    const first = await lighthouse.run(url);
    const exact = judge(path, first, { speed: false });
    let best = judge(path, first);
    for (let run = 1; run < runs && exact.length === 0 && best.length > 0; run += 1) {
        const result = await lighthouse.run(url, ['performance']);
        exact.push(...judge(path, result, { speed: false }));
        const faults = judge(path, result);
        if (faults.length <= best.length) best = faults;
    }
    return [...new Set([...exact, ...best])].join('\n');
}

for (const [path, kind] of await kinds()) {
    test(`${path} (${kind})`, async () => {
        const faults = await judged(site.url(path), path);
        assert.ok(!faults, faults);
    });
}

test('a page that is slow, moves, can be read by few, and is not found misses', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lighthouse-'));
    await writeFile(join(folder, 'index.html'), `<!DOCTYPE html><html><head>
        <meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"></head>
        <body><p>First</p><p style="color: #ccc">This text is hardly to be seen.</p><script>
            const late = (wait, action) => requestAnimationFrame(() => setTimeout(action, wait));
            late(0, () => { for (const start = performance.now(); performance.now() < start + 400;); });
            late(600, () => {
                document.body.insertAdjacentHTML('afterbegin', '<p style="height: 300px">Late</p>');
                console.error('an error');
            });
        </script></body></html>`);
    const broken = await open(folder);
    try {
        const faults = await judged(broken.url('index.html'), 'index.html', 1);
        for (const fault of [
            /^index\.html: performance is \d+, not 100$/m,
            /^index\.html: accessibility is \d+, not 100\n(?: .*\n)* {2}color-contrast: /m,
            /^index\.html: best practices is \d+, not 100\n(?: .*\n)* {2}errors-in-console: /m,
            /^index\.html: SEO is \d+, not 100\n(?: .*\n)* {2}is-crawlable: /m,
            /^index\.html: the layout shifts as it loads: CLS is 0\.\d+$/m,
            /^index\.html: scripts block the page: TBT is \d+ ms, and has to be below 50 ms$/m,
        ]) assert.match(faults, fault);
    } finally {
        await broken.close();
        await rm(folder, { recursive: true });
    }
});
