using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Storage;

/// <summary>
/// The Azure client's own retries (<c>StorageClients</c> sets them) in virtual time: the original waits by the wall clock. Same
/// number of tries, same growth of the delays, same conditions for a retry.
/// </summary>
internal sealed class RetryPolicy(TimeProvider time, Choices choices, int maxRetries, TimeSpan firstDelay, TimeSpan maxDelay) : HttpPipelinePolicy
{
    public static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(10);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The app talks to storage asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        List<Exception>? failures = null;
        for (var attempt = 0; ; attempt++)
        {
            Exception? failure = null;
            try
            {
                await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            }
            catch (Exception e) when (e is RequestFailedException { Status: 0 } or IOException || (e is OperationCanceledException && !message.CancellationToken.IsCancellationRequested))
            {
                (failures ??= []).Add(e);
                failure = e;
            }

            if (failure is null && !message.ResponseClassifier.IsRetriableResponse(message))
            {
                return;
            }

            if (attempt == maxRetries)
            {
                switch (failure)
                {
                    case null:
                        return;
                    case var only when failures!.Count == 1:
                        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(only);
                        break;
                    default:
                        throw new AggregateException($"Retry failed after {attempt + 1} tries.", failures);
                }
            }

            var delay = firstDelay * Math.Pow(2, attempt) * (0.8 + 0.4 * choices.Share());
            await Task.Delay(delay < maxDelay ? delay : maxDelay, time, message.CancellationToken).ConfigureAwait(false);
            if (failure is null)
            {
                message.Response.Dispose();
            }
        }
    }
}
