using Google.Protobuf.Reflection;
using Grpc.Core;

namespace LeftBehind.EndToEndTests.Matrix;

/// <summary>Calls any method with the bytes of a message, whatever its kind, and tells how it ended.</summary>
internal static class RawCalls
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(b => b, b => b);

    /// <summary>The status, and the first answer where there is one.</summary>
    public static async Task<(StatusCode Status, byte[]? Answer)> CallAsync(CallInvoker invoker, MethodDescriptor method, byte[] request, CallOptions options)
    {
        try
        {
            return (StatusCode.OK, await AnswerAsync(invoker, method, request, options));
        }
        catch (RpcException refused)
        {
            return (refused.StatusCode, null);
        }
    }

    /// <summary>The status of a unary call by name.</summary>
    public static async Task<StatusCode> CallAsync(CallInvoker invoker, string service, string method, byte[] request, CallOptions options)
    {
        try
        {
            await invoker.AsyncUnaryCall(new Method<byte[], byte[]>(MethodType.Unary, service, method, Bytes, Bytes), null, options, request);
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }

    private static async Task<byte[]?> AnswerAsync(CallInvoker invoker, MethodDescriptor method, byte[] request, CallOptions options)
    {
        Method<byte[], byte[]> Of(MethodType type) => new(type, method.Service.FullName, method.Name, Bytes, Bytes);
        if (method is { IsClientStreaming: true, IsServerStreaming: true })
        {
            using var duplex = invoker.AsyncDuplexStreamingCall(Of(MethodType.DuplexStreaming), null, options);
            // The call is refused before a row is read: the status is in the answers, whether or not the write still went through.
            await duplex.RequestStream.CompleteAsync().ContinueWith(_ => { }, TaskScheduler.Default);
            return await duplex.ResponseStream.MoveNext(default) ? duplex.ResponseStream.Current : null;
        }
        if (method.IsServerStreaming)
        {
            using var stream = invoker.AsyncServerStreamingCall(Of(MethodType.ServerStreaming), null, options, request);
            return await stream.ResponseStream.MoveNext(default) ? stream.ResponseStream.Current : null;
        }
        return await invoker.AsyncUnaryCall(Of(MethodType.Unary), null, options, request);
    }
}
