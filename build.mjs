/* Bundles phone, office and worker into static/dist/; `--tests` bundles every *.test.ts(x) into .test/ instead.
   manifest.json, names relative to static/dist/: {"phone": {"js", "css"}, "office": {"js", "css"},
   "files": [all the phone needs to open without signal]}. */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import * as sass from 'sass'
const [DIST, NEXT] = ['static/dist', 'static/dist.next'] // a failed build leaves the last good one in place

const shared = {
  bundle: true, format: 'esm', minify: true, metafile: true, logLevel: 'warning',
  target: ['es2022', 'safari16.4', 'chrome109'], jsx: 'automatic', jsxImportSource: 'preact',
}

/* DKFDS compiles its colours in; static/style/colours.json ({"#1a1a1a": "--ink"}) turns them into variables, so
   that dark mode is one :root block. Declarations of variables are left as they are. */
function colours(table) {
  const literals = Object.keys(table).map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (!literals.length) return (css) => css
  const pattern = new RegExp(`(--[\\w-]+\\s*:[^;}]*)|(?<![\\w#-])(${literals.join('|')})(?![\\w-])`, 'gi')
  return (css) => css.replace(pattern, (found, declaration) => declaration ?? `var(${table[found.toLowerCase()]})`)
}

function colourTable() {
  const file = 'static/style/colours.json'
  const pairs = existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8'))) : []
  const wrong = pairs.find(([, name]) => !/^--[\w-]+$/.test(name))
  if (wrong) throw new Error(`${file}: ${wrong[0]} must name a variable like --ink, not "${wrong[1]}"`)
  return Object.fromEntries(pairs.map(([literal, name]) => [literal.toLowerCase(), name]))
}

const recolour = colours(colourTable())
const scss = {
  name: 'scss',
  setup(bundler) {
    bundler.onLoad({ filter: /\.scss$/ }, ({ path }) => {
      const { css } = sass.compile(path, {
        loadPaths: ['node_modules'], style: 'compressed', quietDeps: true, silenceDeprecations: ['if-function'],
      })
      // DKFDS writes its url()s relative to its own css folder; sass opens its output with a byte order mark.
      return { contents: recolour(css.replace(/^\uFEFF/, '')), loader: 'css', resolveDir: `${process.cwd()}/node_modules/dkfds/dist/css` }
    })
  },
}

/* Each app is its own build: a change in the office never gives the phones new files to fetch. */
async function bundle(name, sources) {
  const entryPoints = sources.filter(existsSync).map((source) => ({ in: source, out: name }))
  if (!entryPoints.length) return []
  const { metafile } = await build({
    ...shared, entryPoints, outdir: NEXT, splitting: true, plugins: [scss],
    entryNames: '[name]-[hash]', chunkNames: 'part-[hash]', assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.svg': 'dataurl' },
  })
  return Object.keys(metafile.outputs).map((file) => basename(file)).sort()
}

const entries = (name, files) =>
  Object.fromEntries(['js', 'css'].map((kind) => [kind, files.find((f) => f.startsWith(`${name}-`) && f.endsWith(`.${kind}`))]))

async function apps() {
  await rm(NEXT, { recursive: true, force: true })
  await mkdir(NEXT, { recursive: true })
  const phone = await bundle('phone', ['static/phone/main.tsx', 'static/style/phone.scss'])
  const office = await bundle('office', ['static/office/main.ts', 'static/style/office.scss'])
  if (existsSync('service_worker/worker.ts'))
    await build({ ...shared, entryPoints: ['service_worker/worker.ts'], format: 'iife', outfile: `${NEXT}/worker.js` })
  for (const file of await readdir(NEXT))
    if (['.js', '.css', '.svg'].includes(extname(file)))
      await writeFile(`${NEXT}/${file}.gz`, gzipSync(await readFile(`${NEXT}/${file}`), { level: 9 }))
  const manifest = { phone: entries('phone', phone), office: entries('office', office), files: phone }
  await writeFile(`${NEXT}/manifest.json`, JSON.stringify(manifest, null, 1))
  await rm(DIST, { recursive: true, force: true })
  await rename(NEXT, DIST)
}

async function tests() {
  await rm('.test', { recursive: true, force: true })
  const found = []
  for (const folder of ['static/phone', 'static/office', 'service_worker', 'tests'].filter(existsSync))
    for (const file of await readdir(folder, { recursive: true }))
      if (/\.test\.tsx?$/.test(file)) found.push(join(folder, file))
  await build({ ...shared, entryPoints: found, outdir: '.test', outbase: '.', outExtension: { '.js': '.mjs' },
    minify: false, sourcemap: 'inline', platform: 'node', target: 'node20', mainFields: ['module', 'main'],
    plugins: [scss], loader: { '.woff2': 'empty', '.svg': 'empty' } })
}

await (process.argv.includes('--tests') ? tests() : apps())
