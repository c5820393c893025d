/** What somebody who looks after the kiosk orders of it from afar. */
import { effect, type ReadonlySignal } from '@preact/signals'
import type { CallerConnection } from '../session/caller-requests.ts'
import { isNobodyThere, type Screen } from '../model/screen.ts'

type Followed = {
  readonly connection: CallerConnection
  readonly screen: ReadonlySignal<Screen>
  /** Has the machine tested as soon as nobody is there, without opening camera or microphone. */
  readonly test: () => void
}

/** Follows orders for the life of the page: a page that is loaded anew forgets those that it had. */
export function followOrders({ connection, screen, test }: Followed): void {
  let isReloadWanted = false
  connection.on('machine.ordered', ({ order }) => {
    switch (order) {
      case 'test':
        return test()
      // A place in line is kept, and whoever stands there is asked whether it is theirs.
      case 'restart':
        return location.reload()
      case 'reload':
        if (isReloadWanted) return
        isReloadWanted = true
        effect(() => {
          if (isNobodyThere(screen.value)) location.reload()
        })
    }
  })
}
