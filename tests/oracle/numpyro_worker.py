"""Sample the pooled model with NumPyro: a question as JSON on standard input, means and 80 % bounds on the last line out."""

import json
import sys
from typing import Any


def main() -> None:
    """Answer one question."""
    import jax
    import numpy as np
    import numpyro
    import numpyro.distributions as dist
    from jax import numpy as jnp
    from numpyro.infer import MCMC, NUTS

    numpyro.enable_x64()
    question = json.load(sys.stdin)
    events, missions = jnp.array(question["events"]), jnp.array(question["missions"])
    least, most = np.log(question["alike"])

    def model() -> Any:
        mean = jnp.sin(numpyro.sample("angle", dist.Uniform(0.0, jnp.pi / 2))) ** 2
        weight = jnp.exp(numpyro.sample("log_alike", dist.Uniform(least, most))) / (mean * (1.0 - mean))
        with numpyro.plate("legs", len(events)):
            chance = numpyro.sample("chance", dist.Beta(mean * weight, (1.0 - mean) * weight))
            numpyro.sample("events", dist.Binomial(missions, chance), obs=events)
        if question["judged"] is not None:
            leg, happened, worth = question["judged"]
            numpyro.factor("judged", happened * jnp.log(chance[leg]) + (worth - happened) * jnp.log1p(-chance[leg]))

    chains = MCMC(NUTS(model, target_accept_prob=0.97), num_warmup=2000, num_samples=20000, progress_bar=False)
    chains.run(jax.random.PRNGKey(3))
    chance = np.asarray(chains.get_samples()["chance"])
    low, high = np.quantile(chance, [0.1, 0.9], axis=0)
    answer = {"mean": chance.mean(axis=0).tolist(), "low": low.tolist(), "high": high.tolist()}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
