namespace UonOfferum.OperationsFunction.Alerts;

/// <param name="Subject">One line.</param>
/// <param name="Text">Some lines, without the subject.</param>
public sealed record AlertMessage(string Subject, string Text);
