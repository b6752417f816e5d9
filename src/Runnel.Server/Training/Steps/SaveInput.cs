namespace Runnel.Server.Training.Steps;

internal sealed record SaveInput(string Question, Extraction Learned);
