using System.Diagnostics;
using OpenTelemetry.Trace;

namespace LeftBehind.ServiceDefaults;

/// <summary>
/// Takes every root up to so many a second, and none beyond: a flood of pushes does not become a flood of spans. A statement that nobody asked for, such as
/// those of the daemon's polls and of sweeps, begins no trace and takes nobody's place.
/// </summary>
internal sealed class PushSampler(int perSecond) : Sampler
{
    private long second;
    private int taken;

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (samplingParameters.Kind is ActivityKind.Client)
            return new(SamplingDecision.Drop);
        var now = Environment.TickCount64 / 1000;
        if (Interlocked.Exchange(ref second, now) != now)
            Interlocked.Exchange(ref taken, 0);
        return new(Interlocked.Increment(ref taken) <= perSecond ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
    }
}
