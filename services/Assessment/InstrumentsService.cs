using Grpc.Core;
using LeftBehind.Assessment.Instruments;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment;

/// <summary>The rpcs of instruments; each line hands over to the feature it belongs to.</summary>
public sealed class InstrumentsService(HandleInstruments handle) : V1.Instruments.InstrumentsBase
{
    public override Task<V1.Instrument> PublishInstrument(V1.PublishInstrumentRequest request, ServerCallContext context) => handle.PublishAsync(request, context);

    public override Task<V1.Instrument> GetInstrument(V1.GetInstrumentRequest request, ServerCallContext context) => handle.GetAsync(request, context);

    public override Task<V1.ListedInstruments> ListInstruments(V1.ListInstrumentsRequest request, ServerCallContext context) => handle.ListAsync(request, context);
}
