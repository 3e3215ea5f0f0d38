// The programs that a reader can run on the Rust Playground: what a page sends there, and whether it
// compiles with what the Playground has.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');

/** Where programs are compiled: a package for each test, and what they share. */
const FOLDER = join(ROOT, 'target/playground');

/** The crates of the Playground that the book uses. */
const CRATES = ['tokio', 'futures'];

/** The edition that the programs of the book are for. */
const EDITION = '2024';

/**
 * Presses each Run button of a page, with a stand-in for the Playground.
 *
 * @returns what each sends, and where on the page it stands: its file, or its heading
 */
export async function sent(page) {
    const address = 'https://play.rust-lang.org/**';
    await page.route(address, route => route.fulfill({ json: { result: '' } }));
    const buttons = page.locator('main pre > .buttons').getByRole('button', { name: /^Run/ });
    const programs = [];
    for (let index = 0; index < await buttons.count(); index += 1) {
        const button = buttons.nth(index);
        const [request, where] = await Promise.all([
            page.waitForRequest(address),
            button.evaluate(it => {
                const pre = it.closest('pre');
                const above = [...document.querySelectorAll('main :is(h1, h2, h3, h4)')]
                    .filter(title => title.compareDocumentPosition(pre) & Node.DOCUMENT_POSITION_FOLLOWING);
                const file = [...pre.previousElementSibling?.querySelectorAll('code') ?? []]
                    .map(code => code.textContent).find(name => /^examples\/.*\.rs$/.test(name));
                it.click();
                return file ?? `below "${above.at(-1)?.textContent.trim()}"`;
            }),
        ]);
        programs.push({ where, ...request.postDataJSON() });
    }
    await page.unroute(address);
    return programs;
}

/** Runs cargo. */
const cargo = (options, folder) => new Promise((done, failed) => {
    const child = spawn(process.env.CARGO ?? 'cargo', options, { cwd: folder });
    const [out, err] = [[], []];
    child.stdout.on('data', chunk => out.push(chunk));
    child.stderr.on('data', chunk => err.push(chunk));
    child.once('error', failed);
    child.once('close', code => done({
        code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString(),
    }));
});

/** Runs cargo without the network, and with it where something is missing. */
async function cargoOffline(options, folder, isComplete) {
    const offline = await cargo([...options, '--offline'], folder);
    return isComplete(offline) ? offline : cargo(options, folder);
}

/** The crates as the Playground has them: in the version of Cargo.lock, with the features that each
 * names for the Playground in its own Cargo.toml. */
async function dependencies() {
    const { err: version, out } = await cargo(['-vV'], ROOT);
    const host = out.match(/^host: (.*)$/m)?.[1];
    if (!host) throw new Error(`cargo -vV names no host: ${version}`);
    const options = ['metadata', '--format-version', '1', '--locked', '--filter-platform', host];
    const { err, out: json, code } = await cargoOffline(options, ROOT, it => it.code === 0);
    if (code !== 0) throw new Error(`cargo metadata: ${err}`);
    const { packages } = JSON.parse(json);
    return CRATES.map(name => {
        const [it, ...more] = packages.filter(one => one.name === name);
        const features = it?.metadata?.playground?.features;
        if (!features || more.length) {
            throw new Error(`${name}: not once in Cargo.lock, or without features for the Playground`);
        }
        return `${name} = { version = "=${it.version}", features = ${JSON.stringify(features)} }`;
    });
}

/** Writes a file, unless it is there as it should be: cargo goes by the time of the change. */
async function update(path, text) {
    const before = await readFile(path, 'utf8').catch(() => undefined);
    if (before !== text) await writeFile(path, text);
    return before !== text;
}

/**
 * Compiles programs with what the Playground has, by one run of cargo, which uses again what it has
 * compiled before.
 *
 * @param programs what `sent` returns
 * @param name of the package, its own for each test
 * @returns what is wrong with them
 */
export async function compiled(programs, name) {
    const folder = join(FOLDER, name);
    const found = [];
    const byName = new Map();
    for (const program of programs) {
        const { code, edition, where } = program;
        if (edition !== EDITION) found.push(`${where}: it is sent for the edition ${edition}, not ${EDITION}`);
        // The name is the same as long as the program is: only what is new is compiled.
        byName.set(`p${createHash('sha256').update(code).digest('hex').slice(0, 12)}`, program);
    }
    const bin = join(folder, 'src/bin');
    await mkdir(bin, { recursive: true });
    for (const file of await readdir(bin)) {
        if (!byName.has(file.replace(/\.rs$/, ''))) await rm(join(bin, file));
    }
    for (const [file, { code }] of byName) await update(join(bin, `${file}.rs`), code);
    const lock = createHash('sha256').update(await readFile(join(ROOT, 'Cargo.lock'))).digest('hex');
    const manifest = `# The programs of the book, as the Rust Playground would compile them; made by
# tools/browser/programs.js, with the versions of the Cargo.lock that has the hash
# ${lock}.
[package]
name = "${name}"
version = "0.0.0"
edition = "${EDITION}"

[dependencies]
${(await dependencies()).join('\n')}

[workspace]
`;
    if (await update(join(folder, 'Cargo.toml'), manifest)) {
        await copyFile(join(ROOT, 'Cargo.lock'), join(folder, 'Cargo.lock'));
    }
    const options = ['check', '--quiet', '--bins', '--keep-going', '--message-format', 'json',
        '--target-dir', join(FOLDER, 'target')];
    // Whatever came of the compilation is an answer.
    const { code, out, err } = await cargoOffline(options, folder, it => it.code === 0 || it.out.includes('{'));
    const errors = new Map();
    for (const line of out.split('\n').filter(it => it.startsWith('{'))) {
        const { reason, target, message } = JSON.parse(line);
        if (reason !== 'compiler-message' || message.level !== 'error') continue;
        if (!errors.has(target.name)) errors.set(target.name, message.rendered.trim());
    }
    for (const [file, error] of errors) {
        found.push(`${byName.get(file)?.where ?? file}: it does not compile on the Playground:\n${error}`);
    }
    if (code !== 0 && !errors.size) found.push(`cargo check: ${err}`);
    return found;
}
