namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>A way to reach people.</summary>
public interface IAlertChannel
{
    /// <summary><c>email</c>, <c>telegram</c> or <c>max</c>.</summary>
    string Name { get; }

    /// <summary>Empty: the channel is not used.</summary>
    IReadOnlyList<string> Recipients { get; }

    /// <returns>The problem, without a secret; null: it was sent. Never throws for a failure of the other side.</returns>
    Task<string?> SendAsync(string recipient, AlertMessage message, CancellationToken cancellationToken);
}
