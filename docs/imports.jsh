import io.riffle.sim.*;
import io.riffle.sim.Module;
import io.riffle.sim.combinators.*;
import io.riffle.sim.modules.*;
import io.riffle.sim.network.*;
