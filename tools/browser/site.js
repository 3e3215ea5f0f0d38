// What every test of the built site needs, and render.js too: the site on a server of its own, a
// browser, pages.
//
//   const site = await open();              // before the tests of a file; another folder: open(it)
//   const page = await site.page({ ... });  // options of Playwright's newContext, and `theme`
//   await page.goto(site.url('async/tasks.html'));
//   await site.done(page);                  // fails if the page logged an error, or asked the world
//   await site.close();                     // after them

import assert from 'node:assert/strict';
import { access, constants, readFile, readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { delimiter, extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

/** The built site: `cargo xtask site` makes it. */
export const SITE = resolve(fileURLToPath(import.meta.url), '../../../site');

/** The themes of the book, light and dark, by their classes. */
export const THEMES = ['light', 'navy'];

const TYPES = {
    '.css': 'text/css',
    '.epub': 'application/epub+zip',
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript',
    '.json': 'application/json',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.pdf': 'application/pdf',
    '.txt': 'text/plain; charset=utf-8',
    '.xml': 'application/xml',
};

// --no-sandbox: CI runs as root, and the pages are ours. The rest: nothing but the tests' requests.
const ARGUMENTS = [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** Programs that are Chromium, in the order in which they are looked for on PATH. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/**
 * The path of the browser: the variable CHROMIUM, or the first of its names on PATH.
 *
 * @throws if there is none
 */
export async function findChromium() {
    const chosen = process.env.CHROMIUM;
    const candidates = chosen ? [chosen] : (process.env.PATH ?? '').split(delimiter)
        .flatMap(folder => NAMES.map(name => [NAMES.indexOf(name), join(folder, name)]))
        .sort(([a], [b]) => a - b)
        .map(([, path]) => path);
    for (const path of candidates) {
        if (await access(path, constants.X_OK).then(() => true, () => false)) return path;
    }
    throw new Error(chosen
        ? `CHROMIUM is \`${chosen}\`, and there is no such program`
        : `no Chromium on PATH (${NAMES.join(', ')}): install it, or set CHROMIUM to its path`);
}

/** What a static host sends packed. */
const PACKED = ['.css', '.html', '.js', '.json', '.svg', '.txt', '.xml'];

/** Where on its host a site lies, as `/book/`: only its 404 page, which any address may show, says so. */
async function baseOf(folder) {
    const html = await readFile(join(folder, '404.html'), 'utf8').catch(() => '');
    return html.match(/<base href="(\/[^"]*)"/)?.[1] ?? '/';
}

/**
 * Serves a folder on a free port of 127.0.0.1, where the site lies on its host, as a static host does:
 * text is packed, and where there is no file, the answer is `404.html` with the status 404.
 *
 * @throws if there is no `index.html` in it
 */
export async function serve(folder = SITE) {
    if (!await stat(join(folder, 'index.html')).catch(() => undefined)) {
        throw new Error(`there is no site in ${folder}: run \`cargo xtask site\` first`);
    }
    const base = await baseOf(folder);
    const server = createServer(async (request, response) => {
        const { pathname } = new URL(request.url, 'http://localhost');
        const path = pathname.startsWith(base) && decodeURIComponent(pathname.slice(base.length));
        let file = resolve(folder, /(^|\/)$/.test(path) ? `${path}index.html` : `${path}`);
        let status = 200;
        let content = path !== false && file.startsWith(folder + sep)
            ? await readFile(file).catch(() => undefined) : undefined;
        if (content === undefined) {
            [status, file] = [404, join(folder, '404.html')];
            content = await readFile(file).catch(() => Buffer.from('not found'));
        }
        const headers = { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' };
        const accepts = request.headers['accept-encoding'] ?? '';
        if (PACKED.includes(extname(file)) && accepts.includes('gzip')) {
            headers['content-encoding'] = 'gzip';
            content = gzipSync(content);
        }
        headers['content-length'] = content.length;
        response.writeHead(status, headers).end(content);
    });
    await new Promise((done, failed) => {
        server.once('error', failed);
        server.listen(0, '127.0.0.1', done);
    });
    return server;
}

/** The pages of the book, as paths below it: `async/tasks.html`. Not among them: `print.html`, which
 * has all of them once more, `404.html`, `toc.html`, and `index.html`, a copy of the first. */
export async function pages(folder = SITE) {
    const others = ['404.html', 'index.html', 'print.html', 'toc.html'];
    const files = await readdir(folder, { recursive: true });
    return files.filter(file => file.endsWith('.html') && !others.includes(file))
        .map(file => file.replaceAll(sep, '/'))
        .sort();
}

/** Starts the server and the browser. */
export async function open(folder = SITE) {
    const [server, executablePath] = [await serve(resolve(folder)), await findChromium()];
    const browser = await chromium.launch({ executablePath, args: ARGUMENTS }).catch(error => {
        server.close();
        throw error;
    });
    const origin = `http://127.0.0.1:${server.address().port}`;
    const base = await baseOf(folder);
    const complaints = new WeakMap();

    return {
        url: path => `${origin}${base}${path}`,

        /** A page in a context of its own. `theme` is one of THEMES, or null for what the page does by
         * itself; the rest goes to Playwright. */
        async page({ theme = 'light', ...options } = {}) {
            const context = await browser.newContext(options);
            context.setDefaultTimeout(10_000);
            if (theme !== null) {
                await context.addInitScript(it => localStorage.setItem('mdbook-theme', it), theme);
            }
            const found = [];
            await context.route(url => url.origin !== origin, route => {
                found.push(`it asked another host: ${route.request().url()}`);
                return route.abort();
            });
            const page = await context.newPage();
            page.on('pageerror', error => found.push(`an error: ${error.stack}`));
            page.on('console', message => {
                if (['error', 'warning'].includes(message.type())) {
                    found.push(`the console says: ${message.text()}`);
                }
            });
            page.on('response', response => {
                if (response.status() >= 400) found.push(`${response.status()}: ${response.url()}`);
            });
            complaints.set(page, found);
            return page;
        },

        /** What was wrong with the page until now, which `done` then does not say again. */
        complaints: page => complaints.get(page).splice(0),

        /** Closes the page. @throws if it logged an error, missed a file, or asked another host */
        async done(page) {
            await page.context().close();
            assert.deepEqual(complaints.get(page), [], `on ${page.url()}`);
        },

        async close() {
            await browser.close();
            server.closeAllConnections();
            await new Promise(closed => { server.close(closed); });
        },
    };
}
