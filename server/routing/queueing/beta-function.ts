/**
 * The special functions that waits are made of: pure numbers in and out, no units.
 * Formulas are those of Abramowitz & Stegun, chapters 6 and 26, and of Numerical Recipes, section 6.4.
 */

/** Below this an asymptotic series is entered by recurrence. Lower loses digits, higher only costs a few divisions. */
const SERIES_FROM = 16

/** Where a continued fraction is taken to have settled. Lower asks for digits that are not there. */
const SETTLED = 1e-13

/** A continued fraction needs in the order of √max(a, b) steps; this is far above that for the sizes we allow. */
const STEPS_MAX = 20_000

/** ln Γ(z) for z > 0: Stirling's series (A&S 6.1.41) after Γ(z + 1) = z Γ(z) has brought z up to where it is exact. */
function logGamma(z: number): number {
  let shifted = z
  let product = 1
  while (shifted < SERIES_FROM) {
    product *= shifted
    shifted += 1
  }
  const z2 = shifted * shifted
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * z2)) / z2) / z2) / shifted
  return (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product)
}

/**
 * ψ(z + n) − ψ(z) for z > 0, n ≥ 0, which for a whole n is 1/z + 1/(z+1) + … + 1/(z+n−1): a sum of any length at one
 * price, and its continuation to fractions of n. From A&S 6.3.5 and 6.3.18. The difference is taken term by term,
 * since for a great z the two ψ would agree in all their digits.
 */
export function digammaRise(z: number, n: number): number {
  let low = z
  let rise = 0
  while (low < SERIES_FROM) {
    rise += n / low / (low + n)
    low += 1
  }
  const high = low + n
  const fall = (power: number) => low ** -power - high ** -power
  return rise + Math.log1p(n / low) + n / low / high / 2 + fall(2) / 12 - fall(4) / 120 + fall(6) / 252
}

/** The continued fraction of the incomplete beta function (A&S 26.5.8) by Lentz's method. */
function betaFraction(a: number, b: number, x: number): number {
  // Lentz divides by what may be 0; the smallest number that is not keeps the quotient right.
  const notZero = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value)
  let c = 1
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= STEPS_MAX; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / notZero(1 + even * d)
    c = notZero(1 + even / c)
    fraction *= c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / notZero(1 + odd * d)
    c = notZero(1 + odd / c)
    fraction *= c * d
    if (Math.abs(c * d - 1) < SETTLED) break
  }
  return fraction
}

/**
 * Y = −ln X where X is Beta(a, b)-distributed, a > 0, b > 0: returns y ↦ { survival: P(Y > y), density } for y > 0.
 * P(Y > y) is the regularised incomplete beta function at e^−y. It is asked by y and not by x because a small `a`
 * puts x below the smallest number there is, and a great `a` puts 1 − x there.
 */
export function minusLogBeta(a: number, b: number): (y: number) => { survival: number; density: number } {
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b)
  return (y) => {
    const x = Math.exp(-y)
    const rest = -Math.expm1(-y)
    const density = Math.exp(-a * y + (b - 1) * Math.log(rest) - logBeta)
    // The fraction converges fast on this side of the mean only; on the other the complement does.
    const isLowSide = x < (a + 1) / (a + b + 2)
    const survival = isLowSide
      ? (density * rest * betaFraction(a, b, x)) / a
      : 1 - (density * rest * betaFraction(b, a, rest)) / b
    return { survival, density }
  }
}
