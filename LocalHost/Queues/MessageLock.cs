using System.Web;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.WebJobs.Host.Executors;
using Microsoft.Azure.WebJobs.Host.Queues;

namespace UonOfferum.LocalHost.Queues;

/// <summary>
/// A message lock shorter than the platform's fixed ten minutes (<c>LocalHost:MessageLock</c>), so that messages held by a killed process become
/// visible again within seconds. Receives request the shorter time, and the lock is renewed at half of it while the function runs.
/// </summary>
internal static class MessageLock
{
    /// <summary>Rewrites the visibility timeout of receives: the listener's own value is a constant.</summary>
    public sealed class ReceivePolicy(TimeSpan duration) : HttpPipelineSynchronousPolicy
    {
        private const string VisibilityTimeout = "visibilitytimeout";

        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Method != RequestMethod.Get || !message.Request.Uri.Query.Contains(VisibilityTimeout, StringComparison.Ordinal))
            {
                return;
            }

            var query = HttpUtility.ParseQueryString(message.Request.Uri.Query);
            query[VisibilityTimeout] = ((int)duration.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            message.Request.Uri.Query = "?" + query;
        }
    }

    public sealed class ProcessorFactory(TimeSpan duration) : IQueueProcessorFactory
    {
        public QueueProcessor Create(QueueProcessorOptions queueProcessorOptions) => new Processor(queueProcessorOptions, duration);
    }

    private sealed class Processor(QueueProcessorOptions options, TimeSpan duration) : QueueProcessor(options)
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Renewal> _held = new(StringComparer.Ordinal);
        private readonly QueueClient _queue = options.Queue;

        protected override async Task<bool> BeginProcessingMessageAsync(QueueMessage message, CancellationToken cancellationToken)
        {
            var begins = await base.BeginProcessingMessageAsync(message, cancellationToken);
            if (begins)
            {
                _held[message.MessageId] = new Renewal(_queue, message, duration);
            }

            return begins;
        }

        /// <remarks>Each renewal gives a new pop receipt, and only the newest may complete the message.</remarks>
        protected override async Task CompleteProcessingMessageAsync(QueueMessage message, FunctionResult result, CancellationToken cancellationToken)
        {
            if (_held.TryRemove(message.MessageId, out var renewal))
            {
                await renewal.DisposeAsync();
                message = renewal.Message;
            }

            await base.CompleteProcessingMessageAsync(message, result, cancellationToken);
        }
    }

    private sealed class Renewal : IAsyncDisposable
    {
        private readonly CancellationTokenSource _done = new();
        private readonly QueueClient _queue;
        private readonly TimeSpan _duration;
        private readonly Task _renewing;
        private QueueMessage _message;

        public Renewal(QueueClient queue, QueueMessage message, TimeSpan duration)
        {
            (_queue, _message, _duration) = (queue, message, duration);
            _renewing = RenewAsync();
        }

        /// <summary>The message with its newest pop receipt; read it after disposal.</summary>
        public QueueMessage Message => _message;

        public async ValueTask DisposeAsync()
        {
            await _done.CancelAsync();
            await _renewing;
            _done.Dispose();
        }

        private async Task RenewAsync()
        {
            while (true)
            {
                await Task.WhenAny(Task.Delay(_duration / 2, TimeProvider.System, _done.Token));
                if (_done.IsCancellationRequested)
                {
                    return;
                }

                try
                {
                    // Wait for a renewal in progress, never cancel it: its reply holds the pop receipt that the delete needs.
                    var receipt = await _queue.UpdateMessageAsync(_message.MessageId, _message.PopReceipt, visibilityTimeout: _duration, cancellationToken: CancellationToken.None);
                    _message = _message.Update(receipt);
                }
                catch (RequestFailedException exception) when (exception.Status is 400 or 404)
                {
                    // Another receiver has the message now; the delete will fail for the same reason.
                    return;
                }
                catch (RequestFailedException)
                {
                    // The lock is still valid; the next renewal may succeed before it expires.
                }
            }
        }
    }
}
