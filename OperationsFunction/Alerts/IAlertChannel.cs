namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>A way to reach people.</summary>
public interface IAlertChannel
{
    /// <summary><c>email</c>, <c>telegram</c> or <c>max</c>.</summary>
    string Name { get; }

    /// <summary>Empty: nobody is to be reached this way.</summary>
    IReadOnlyList<string> Recipients { get; }

    /// <returns>What was wrong, without a secret; null: it went out. Never throws for what the other side does.</returns>
    Task<string?> SendAsync(string recipient, AlertMessage message, CancellationToken cancellationToken);
}
