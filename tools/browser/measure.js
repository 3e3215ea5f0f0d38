// Prints what each page of the site costs and what Lighthouse gives it, beside the same page of a book
// that mdBook makes of the same text by default: `bash tools/browser/run measure`.

import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { judge as judgeScores, kinds, median, start } from './lighthouse.js';
import { findChromium, open, pages } from './site.js';
import { BUDGET, judge as judgeWeight, sum, weigh } from './weight.js';

const HELP = `Measures each page of the site, and of a default mdBook of the same text.

Usage: bash tools/browser/run measure [OPTIONS]

  --all        Lighthouse on all of our pages, not on one of each kind
  --json FILE  write all numbers, and what Lighthouse found, into a file
  --record     write the largest size of each kind of file into budget.json, which a failure of the
               tests compares with
  --help       print this

Exit code 1 if one of our pages breaks a promise of tools/browser/budget.json.
`;

/** Runs of a page that misses in its first: the miss may be the machine's. */
const RUNS = 3;

const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');

/** The environment for mdBook: with the programs that `cargo xtask` has built, without our settings. */
function environment() {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('MDBOOK_'));
    const path = [join(ROOT, 'target/tools/bin'), process.env.PATH ?? ''].join(delimiter);
    return { ...Object.fromEntries(own), PATH: path };
}

const command = (program, ...argv) => execFileSync(program, argv, {
    env: environment(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
});

/** Builds the book as `mdbook init` and `mdbook-mermaid install` set one up. */
async function buildDefault(folder) {
    const fetched = join(ROOT, 'src/mermaid.min.js'); // what our build has put there
    await cp(join(ROOT, 'src'), join(folder, 'src'), { recursive: true, filter: it => it !== fetched });
    await cp(join(ROOT, 'examples'), join(folder, 'examples'), { recursive: true });
    const ours = await readFile(join(ROOT, 'book.toml'), 'utf8');
    const line = name => ours.match(new RegExp(`^${name} = .*$`, 'm'))[0];
    await writeFile(join(folder, 'book.toml'), [
        '[book]', line('title'), line('language'), '', '[rust]', line('edition'), '',
        '[output.html]', '',
    ].join('\n'));
    command('mdbook-mermaid', 'install', folder);
    command('mdbook', 'build', folder);
    return join(folder, 'book');
}

/** Lighthouse on a page: one run, or if that misses, the middle one of several. */
async function score(lighthouse, url, path) {
    const runs = [await lighthouse.run(url)];
    if (judgeScores(path, runs[0]).length > 0) {
        while (runs.length < RUNS) runs.push(await lighthouse.run(url));
    }
    return median(runs);
}

const load = () => os.loadavg().map(it => it.toFixed(1)).join(' ');
const progress = text => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : '');

const HEAD = ['requests', 'KiB', 'Lighthouse', 'CLS', 'TBT ms', 'LCP s', 'runs'];

/** The cells of a page under HEAD. */
function cells({ requests, bytes, lighthouse }) {
    if (requests === undefined) return HEAD.map(() => '');
    const size = [String(requests), (bytes / 1024).toFixed(1)];
    if (!lighthouse) return [...size, ...HEAD.slice(2).map(() => '')];
    const { scores, layoutShift, blockingTime, largestPaint, runs } = lighthouse;
    return [
        ...size, Object.values(scores).join('/'), layoutShift.toFixed(3), blockingTime.toFixed(0),
        (largestPaint / 1000).toFixed(1), String(runs),
    ];
}

/** A table of rows: what the page is, our cells, those of the default book. */
function table(rows) {
    const all = [['page', HEAD, HEAD], ...rows];
    const widths = HEAD.map((_, column) => Math.max(...all
        .flatMap(([, ours, theirs]) => [ours[column].length, theirs[column].length])));
    const page = Math.max(...all.map(([it]) => it.length));
    const group = it => it.map((cell, column) => cell.padStart(widths[column])).join('  ');
    const line = (it, ours, theirs) => `${it.padEnd(page)} | ${ours} | ${theirs}`.trimEnd();
    const width = group(HEAD).length;
    const lines = all.map(([it, ours, theirs]) => line(it, group(ours), group(theirs)));
    return [
        line('', 'this book'.padEnd(width), 'the same text in a default mdBook'), lines[0],
        line('-'.repeat(page), '-'.repeat(width), '-'.repeat(width)), ...lines.slice(1),
    ].join('\n');
}

/** Measures all pages of one site. `scored` is those that Lighthouse looks at. */
async function measure(name, site, lighthouse, paths, scored) {
    const results = new Map();
    for (const path of paths) {
        progress(`${name}: ${path}`);
        const answers = await weigh(site, path);
        results.set(path, { answers, ...sum(answers) });
        if (scored.has(path)) {
            results.get(path).lighthouse = await score(lighthouse, site.url(path), path);
        }
    }
    progress('');
    return results;
}

/** Writes the largest size of each kind of file into budget.json. */
async function record(ours) {
    const largest = {};
    for (const { kinds: sizes } of ours.values()) {
        for (const [kind, bytes] of Object.entries(sizes)) {
            largest[kind] = Math.max(largest[kind] ?? 0, bytes);
        }
    }
    const text = JSON.stringify({ ...BUDGET, recorded_bytes_max: largest }, null, 2);
    await writeFile(new URL('budget.json', import.meta.url), `${text}\n`);
}

async function main() {
    const { values: options } = parseArgs({
        options: {
            all: { type: 'boolean' }, json: { type: 'string' }, record: { type: 'boolean' },
            help: { type: 'boolean' },
        },
    });
    if (options.help) {
        process.stdout.write(HELP);
        return true;
    }
    const machine = {
        cpu: os.cpus()[0]?.model ?? 'unknown', cores: os.availableParallelism(),
        system: `${os.type()} ${os.release()}`, loadBefore: load(),
    };
    const folder = await mkdtemp(join(os.tmpdir(), 'default-book-'));
    const opened = [];
    const opens = async it => {
        opened.push(await it);
        return opened.at(-1);
    };
    let ours;
    let theirs;
    let kind;
    try {
        progress('building the default book');
        const site = await opens(open());
        const other = await opens(open(await buildDefault(folder)));
        const paths = ['index.html', ...(await pages()).filter(it => it !== 'introduction.html'), '404.html'];
        kind = await kinds();
        const all = new Set(options.all ? paths : kind.keys());
        const lighthouse = await opens(start());
        ours = await measure('ours', site, lighthouse, paths, all);
        // Where a page has programs, mdBook's script asks the Playground which packages it knows. Here
        // nothing answers, which the console says: that is not the page's fault.
        const lenient = await opens(start({ skip: ['errors-in-console'] }));
        theirs = await measure('default', other, lenient, paths, new Set(kind.keys()));
    } finally {
        for (const it of opened.reverse()) await it.close();
        await rm(folder, { recursive: true });
    }
    const versions = {
        mdbook: command('mdbook', '--version').trim(),
        mermaid: command('mdbook-mermaid', '--version').trim(),
        chromium: execFileSync(await findChromium(), ['--version'], {
            encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'],
        }).trim(),
        lighthouse: `Lighthouse ${[...ours.values()].find(it => it.lighthouse).lighthouse.version}`,
        node: `Node.js ${process.version}`,
    };
    machine.loadAfter = load();

    const rows = [...ours].map(([path, it]) => [
        kind.has(path) ? `${path} (${kind.get(path)})` : path, cells(it), cells(theirs.get(path) ?? {}),
    ]);
    console.log(table(rows));
    console.log(`
First load: bodies as sent, packed by gzip, to a phone with an empty cache. The default mdBook has
mdbook-mermaid, and was built in this run; what it asks of another host counts as a request without a
size. Lighthouse: performance/accessibility/best practices/SEO on its own phone and network, simulated;
of a page that missed in its first run, the middle one of ${RUNS} runs. A busy machine can make performance,
CLS, TBT and LCP worse, and nothing better.

machine   ${machine.cpu}, ${machine.cores} cores, ${machine.system}
load      ${machine.loadBefore} before, ${machine.loadAfter} after (of 1, 5 and 15 minutes)
versions  ${Object.values(versions).join(', ')}`);

    const faults = [...ours].flatMap(([path, it]) => [
        judgeWeight(path, it.answers), ...it.lighthouse ? judgeScores(path, it.lighthouse) : [],
    ]).filter(it => it !== undefined);
    if (options.record) await record(ours);
    if (options.json) {
        const file = resolve(process.env.INIT_CWD ?? '.', options.json);
        const numbers = { machine, versions, budget: BUDGET, kinds: Object.fromEntries(kind) };
        const entries = { ours: Object.fromEntries(ours), default: Object.fromEntries(theirs) };
        await writeFile(file, `${JSON.stringify({ ...numbers, ...entries, faults }, null, 2)}\n`);
    }
    console.log(faults.length === 0 ? '\nEach of our pages keeps its promises.' : `\n${faults.join('\n')}`);
    return faults.length === 0;
}

try {
    process.exitCode = await main() ? 0 : 1;
} catch (error) {
    console.error(`error: ${error.code?.startsWith('ERR_PARSE_ARGS') ? error.message : error.stack}`);
    if (error.stderr) console.error(String(error.stderr));
    process.exitCode = 2;
}
