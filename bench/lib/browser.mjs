// Real Chromium with an ON-DISK profile (Playwright's default contexts are incognito: their IndexedDB is in memory).
import { chromium } from 'playwright-core';
import fs from 'node:fs';
import path from 'node:path';
export const CHROMIUM = process.env.RAADGIVER_CHROMIUM || '/usr/bin/chromium';
export const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
export async function launch(profileDir) {
  fs.mkdirSync(profileDir, { recursive: true });
  const ctx = await chromium.launchPersistentContext(profileDir, { executablePath: CHROMIUM, headless: true, args: ARGS });
  const page = ctx.pages()[0] ?? (await ctx.newPage());
  page.setDefaultTimeout(600_000);
  return { ctx, page, close: () => ctx.close() };
}
let k = 0;
export const tmpProfile = (root) => path.join(root, `prof-${process.pid}-${k++}`);
export const rm = (p) => fs.rmSync(p, { recursive: true, force: true });
