using Grpc.Core;

namespace LeftBehind.Access.Tests;

/// <summary>Four gRPC methods, one of each kind, under names that have rows; each answers with the caller's subject.</summary>
[BindServiceMethod(typeof(RawService), nameof(Bind))]
public class RawService
{
    public static readonly Method<string, string> Unary = Of(MethodType.Unary, "leftbehind.platform.v1.Platform", nameof(GetTimeline));
    public static readonly Method<string, string> ServerStream = Of(MethodType.ServerStreaming, "leftbehind.operations.v1.Source", nameof(Replay));
    public static readonly Method<string, string> ClientStream = Of(MethodType.ClientStreaming, "leftbehind.registry.v1.Registry", nameof(CountReceipts));
    public static readonly Method<string, string> Duplex = Of(MethodType.DuplexStreaming, "leftbehind.registry.v1.Registry", nameof(PushHouseholds));

    // gRPC binds the names alone and finds the handlers by them.
    public static void Bind(ServiceBinderBase binder, RawService? service)
    {
        binder.AddMethod(Unary, default(UnaryServerMethod<string, string>));
        binder.AddMethod(ServerStream, default(ServerStreamingServerMethod<string, string>));
        binder.AddMethod(ClientStream, default(ClientStreamingServerMethod<string, string>));
        binder.AddMethod(Duplex, default(DuplexStreamingServerMethod<string, string>));
    }

    public virtual Task<string> GetTimeline(string request, ServerCallContext context) => Task.FromResult(Who(context));

    public virtual Task Replay(string request, IServerStreamWriter<string> answers, ServerCallContext context) => answers.WriteAsync(Who(context));

    public virtual Task<string> CountReceipts(IAsyncStreamReader<string> requests, ServerCallContext context) => Task.FromResult(Who(context));

    public virtual Task PushHouseholds(IAsyncStreamReader<string> requests, IServerStreamWriter<string> answers, ServerCallContext context) =>
        answers.WriteAsync(Who(context));

    internal static Method<string, string> Of(MethodType kind, string service, string name) =>
        new(kind, service, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    private static string Who(ServerCallContext context) => context.GetCaller().Subject;
}

/// <summary>A method that nobody put into the table.</summary>
[BindServiceMethod(typeof(ForgottenService), nameof(Bind))]
public class ForgottenService
{
    public static void Bind(ServiceBinderBase binder, ForgottenService? service) =>
        binder.AddMethod(
            RawService.Of(MethodType.Unary, "leftbehind.registry.v1.Registry", nameof(Forgotten)), default(UnaryServerMethod<string, string>));

    public virtual Task<string> Forgotten(string request, ServerCallContext context) => Task.FromResult("");
}
