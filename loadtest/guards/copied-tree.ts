/** A copy of the tree in a folder that goes with it, in which one mistake stands at a time: the tree itself is never touched. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { withBug } from '../simulation/planted-bugs.ts'
import type { PlantedMistake } from './planted-mistakes.ts'

/** Not sources, and large: the packages and the built pages are linked, the rest is made anew where it is wanted. */
const LINKED = ['node_modules', 'dist']
const LEFT_OUT: ReadonlySet<string> = new Set([...LINKED, '.git', '.cache', '.skranke', '.tap'])

export class CopiedTree {
  readonly folder: string

  /** Copies the sources below `root`. */
  constructor(root: string) {
    this.folder = mkdtempSync(join(tmpdir(), 'skranke-guards-'))
    cpSync(root, this.folder, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) })
    for (const name of LINKED) {
      const linked = join(root, name)
      if (existsSync(linked)) symlinkSync(realpathSync(linked), join(this.folder, name))
    }
  }

  /** Runs `work` while the mistake stands in the copy. Throws where its line is not there just once. */
  async withMistake<T>(mistake: PlantedMistake, work: () => Promise<T>): Promise<T> {
    const file = join(this.folder, mistake.file)
    const right = readFileSync(file, 'utf8')
    writeFileSync(file, withBug(right, mistake))
    try {
      return await work()
    } finally {
      writeFileSync(file, right)
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
